// The segment exchanges printed in RFC 9293 section 3.5 and 3.6 (F), in RFC 1337 (T), the attacks of RFC 5961 (B),
// and everyday losses worked out from the rules (D), in the notation of the RFC's figures: the left column is A, the
// right one B, with their states after the line. An arrow on both sides: the segment leaves and arrives. Three dots:
// it is still (or was already) in the network. `old` and `spoof`: nobody sent it now. `t=` counts milliseconds.

/** One line of an exchange. */
export interface Line {
  readonly label: string;
  /** States after the line. */
  readonly A: string;
  readonly B: string;
  readonly segment: Printed | null;
}

/** A segment as printed; numbers may be symbols of the figure, such as Z+1. */
export interface Printed {
  readonly where: 'both' | 'depart' | 'arrive';
  readonly from: 'A' | 'B';
  /** Null when one of the two ends sent it. */
  readonly made: 'old' | 'spoof' | null;
  readonly seq: string;
  readonly ack: string | null;
  readonly ctl: string;
  /** Data octets: a number or a symbol. */
  readonly len: string;
}

/** A whole figure. */
export interface Exchange {
  readonly id: string;
  readonly title: string;
  readonly cite: string;
  readonly lines: readonly Line[];
}

function exchange(id: string, title: string, cite: string, figure: string): Exchange {
  return { id, title, cite, lines: figure.trim().split('\n').map(line) };
}

const shape =
  /^ *(\S+(?: \w+)?) {2,}(\S+) +(?:(-->|<--|\.\.\.|old|spoof) +<SEQ=(\S+?)>(?:<ACK=(\S+?)>)?<CTL=(\S+?)>(?:<LEN=(\S+?)>)? +(-->|<--|\.\.\.|old|spoof) +)?(\S+)$/;

function line(text: string): Line {
  const found = shape.exec(text);
  if (found === null) throw new Error(`not a line of a figure: ${text}`);
  const [, label = '', A = '', left, seq = '', ack = null, ctl = '', len = '0', right, B = ''] = found;
  if (left === undefined || right === undefined) return { label, A, B, segment: null };
  const from = left === '-->' || right === '-->' ? 'A' : 'B';
  const [near, far] = from === 'A' ? [left, right] : [right, left];
  const made = near === 'old' || near === 'spoof' ? near : null;
  const where = far === '...' ? 'depart' : near === '...' || made !== null ? 'arrive' : 'both';
  return { label, A, B, segment: { where, from, made, seq, ack, ctl, len } };
}

/** All of them, in the order in which the documents print them. */
export const exchanges: readonly Exchange[] = [
  exchange(
    'F6',
    'three-way handshake',
    'RFC 9293 Figure 6',
    `
    1            CLOSED                                                              LISTEN
    2            SYN-SENT      -->   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    3            ESTABLISHED   <--   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    4            ESTABLISHED   -->   <SEQ=101><ACK=301><CTL=ACK>              -->    ESTABLISHED
    5            ESTABLISHED   -->   <SEQ=101><ACK=301><CTL=ACK><LEN=n>       -->    ESTABLISHED`,
  ),
  exchange(
    'F7',
    'simultaneous open',
    'RFC 9293 Figure 7',
    `
    1            CLOSED                                                              CLOSED
    2            SYN-SENT      -->   <SEQ=100><CTL=SYN>                       ...    CLOSED
    3            SYN-RECEIVED  <--   <SEQ=300><CTL=SYN>                       <--    SYN-SENT
    4            SYN-RECEIVED  ...   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    5            SYN-RECEIVED  -->   <SEQ=100><ACK=301><CTL=SYN,ACK>          ...    SYN-RECEIVED
    6            ESTABLISHED   <--   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    7            ESTABLISHED   ...   <SEQ=100><ACK=301><CTL=SYN,ACK>          -->    ESTABLISHED`,
  ),
  exchange(
    'F8',
    'an old SYN arrives before the real one',
    'RFC 9293 Figure 8',
    `
    1            CLOSED                                                              LISTEN
    2            SYN-SENT      -->   <SEQ=100><CTL=SYN>                       ...    LISTEN
    3            SYN-SENT      old   <SEQ=90><CTL=SYN>                        -->    SYN-RECEIVED
    4            SYN-SENT      <--   <SEQ=300><ACK=91><CTL=SYN,ACK>           <--    SYN-RECEIVED
    5            SYN-SENT      -->   <SEQ=91><CTL=RST>                        -->    LISTEN
    6            SYN-SENT      ...   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    7            ESTABLISHED   <--   <SEQ=400><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    8            ESTABLISHED   -->   <SEQ=101><ACK=401><CTL=ACK>              -->    ESTABLISHED`,
  ),
  exchange(
    'F9',
    'a rebooted host calls a peer that still believes',
    'RFC 9293 Figure 9',
    `
    1            (REBOOT)                                                            ESTABLISHED
    2            CLOSED                                                              ESTABLISHED
    3            SYN-SENT      -->   <SEQ=400><CTL=SYN>                       -->    ESTABLISHED
    4            SYN-SENT      <--   <SEQ=300><ACK=100><CTL=ACK>              <--    ESTABLISHED
    5            SYN-SENT      -->   <SEQ=100><CTL=RST>                       -->    CLOSED
    6            SYN-SENT                                                            CLOSED
    7            SYN-SENT      -->   <SEQ=400><CTL=SYN>                       -->    CLOSED`,
  ),
  exchange(
    'F10',
    'a peer that still believes sends to a rebooted host',
    'RFC 9293 Figure 10',
    `
    1            (REBOOT)                                                            ESTABLISHED
    2            CLOSED        <--   <SEQ=300><ACK=100><CTL=ACK><LEN=10>      <--    ESTABLISHED
    3            CLOSED        -->   <SEQ=100><CTL=RST>                       -->    CLOSED`,
  ),
  exchange(
    'F11',
    'an old SYN between two listeners',
    'RFC 9293 Figure 11',
    `
    1            LISTEN                                                              LISTEN
    2            LISTEN        old   <SEQ=Z><CTL=SYN>                         -->    SYN-RECEIVED
    3            LISTEN        <--   <SEQ=X><ACK=Z+1><CTL=SYN,ACK>            <--    SYN-RECEIVED
    4            LISTEN        -->   <SEQ=Z+1><CTL=RST>                       -->    LISTEN
    5            LISTEN                                                              LISTEN`,
  ),
  exchange(
    'F12',
    'normal close',
    'RFC 9293 Figure 12',
    `
    1            ESTABLISHED                                                         ESTABLISHED
    2            FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSE-WAIT
    3            FIN-WAIT-2    <--   <SEQ=300><ACK=101><CTL=ACK>              <--    CLOSE-WAIT
    4            TIME-WAIT     <--   <SEQ=300><ACK=101><CTL=FIN,ACK>          <--    LAST-ACK
    5            TIME-WAIT     -->   <SEQ=101><ACK=301><CTL=ACK>              -->    CLOSED
    6            CLOSED                                                              CLOSED`,
  ),
  exchange(
    'F13',
    'simultaneous close',
    'RFC 9293 Figure 13',
    `
    1            ESTABLISHED                                                         ESTABLISHED
    2a           FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          ...    ESTABLISHED
    2b           FIN-WAIT-1    ...   <SEQ=300><ACK=100><CTL=FIN,ACK>          <--    FIN-WAIT-1
    2c           CLOSING       <--   <SEQ=300><ACK=100><CTL=FIN,ACK>          ...    FIN-WAIT-1
    2d           CLOSING       ...   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSING
    3a           CLOSING       -->   <SEQ=101><ACK=301><CTL=ACK>              ...    CLOSING
    3b           TIME-WAIT     <--   <SEQ=301><ACK=101><CTL=ACK>              <--    CLOSING
    3c           TIME-WAIT     ...   <SEQ=101><ACK=301><CTL=ACK>              -->    TIME-WAIT
    4            CLOSED                                                              CLOSED`,
  ),
  exchange(
    'T1',
    'TIME-WAIT is assassinated',
    'RFC 1337 Figure 1',
    `
    2            FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSE-WAIT
    3            FIN-WAIT-2    <--   <SEQ=300><ACK=101><CTL=ACK>              <--    CLOSE-WAIT
    4            TIME-WAIT     <--   <SEQ=300><ACK=101><CTL=FIN,ACK>          <--    LAST-ACK
    5            TIME-WAIT     -->   <SEQ=101><ACK=301><CTL=ACK>              -->    CLOSED
    5.1          TIME-WAIT     <--   <SEQ=255><ACK=33><CTL=ACK>               old    CLOSED
    5.2          TIME-WAIT     -->   <SEQ=101><ACK=301><CTL=ACK>              -->    CLOSED
    5.3          CLOSED        <--   <SEQ=301><CTL=RST>                       <--    CLOSED`,
  ),
  exchange(
    'T2',
    'old data is taken for new',
    'RFC 1337 Figure 2',
    `
    1            ESTABLISHED   -->   <SEQ=400><ACK=101><CTL=ACK><LEN=100>     -->    ESTABLISHED
    2            ESTABLISHED   <--   <SEQ=101><ACK=500><CTL=ACK>              <--    ESTABLISHED
    3            ESTABLISHED   old   <SEQ=560><ACK=101><CTL=ACK><LEN=80>      -->    ESTABLISHED
    4            ESTABLISHED   <--   <SEQ=101><ACK=500><CTL=ACK>              <--    ESTABLISHED
    5            ESTABLISHED   -->   <SEQ=500><ACK=101><CTL=ACK><LEN=100>     -->    ESTABLISHED
    6            ESTABLISHED   ...   <SEQ=101><ACK=640><CTL=ACK>              <--    ESTABLISHED
    7a           ESTABLISHED   -->   <SEQ=600><ACK=101><CTL=ACK><LEN=100>     -->    ESTABLISHED
    8a           ESTABLISHED   <--   <SEQ=101><ACK=640><CTL=ACK>              ...    ESTABLISHED
    9a           ESTABLISHED   -->   <SEQ=700><ACK=101><CTL=ACK><LEN=100>     -->    ESTABLISHED`,
  ),
  exchange(
    'T3',
    'two ends acknowledge each other for ever',
    'RFC 1337 Figure 3',
    `
    7b           ESTABLISHED   <--   <SEQ=101><ACK=640><CTL=ACK>              ...    ESTABLISHED
    8b           ESTABLISHED   -->   <SEQ=600><ACK=101><CTL=ACK>              -->    ESTABLISHED
    9b           ESTABLISHED   <--   <SEQ=101><ACK=640><CTL=ACK>              <--    ESTABLISHED`,
  ),
  exchange(
    'T4',
    'an old ACK prevents a connection',
    'RFC 1337 Figure 4',
    `
    1            CLOSED                                                              LISTEN
    2            SYN-SENT      -->   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    3            SYN-SENT      ...   <SEQ=400><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    4            SYN-SENT      <--   <SEQ=300><ACK=123><CTL=ACK>              old    SYN-RECEIVED
    5            SYN-SENT      -->   <SEQ=123><CTL=RST>                       -->    LISTEN
    6            ESTABLISHED   <--   <SEQ=400><ACK=101><CTL=SYN,ACK>          ...    LISTEN
    7            ESTABLISHED   -->   <SEQ=101><ACK=401><CTL=ACK>              -->    LISTEN
    8            CLOSED        <--   <SEQ=401><CTL=RST>                       <--    LISTEN`,
  ),
  exchange(
    'B1',
    'a forged RST outside the window',
    'RFC 5961 section 3, case 1',
    `
    1            ESTABLISHED   spoof <SEQ=5000><CTL=RST>                      -->    ESTABLISHED`,
  ),
  exchange(
    'B2',
    'a forged RST inside the window',
    'RFC 5961 section 3, case 3',
    `
    1            ESTABLISHED   spoof <SEQ=600><CTL=RST>                       -->    ESTABLISHED
    2            ESTABLISHED   <--   <SEQ=300><ACK=100><CTL=ACK>              <--    ESTABLISHED`,
  ),
  exchange(
    'B3',
    'a RST with exactly the expected number',
    'RFC 5961 section 3, case 2',
    `
    1            ESTABLISHED   spoof <SEQ=100><CTL=RST>                       -->    CLOSED`,
  ),
  exchange(
    'B4',
    'a true RST that is not exact',
    'RFC 5961 section 3',
    `
    1            CLOSED        ...   <SEQ=600><CTL=RST>                       -->    ESTABLISHED
    2            CLOSED        <--   <SEQ=300><ACK=100><CTL=ACK>              <--    ESTABLISHED
    3            CLOSED        -->   <SEQ=100><CTL=RST>                       -->    CLOSED`,
  ),
  exchange(
    'B5',
    'a forged SYN',
    'RFC 5961 section 4',
    `
    1            ESTABLISHED   spoof <SEQ=500><CTL=SYN>                       -->    ESTABLISHED
    2            ESTABLISHED   <--   <SEQ=300><ACK=100><CTL=ACK>              <--    ESTABLISHED`,
  ),
  exchange(
    'B6',
    'forged data with a far too old ACK',
    'RFC 5961 section 5',
    `
    1            ESTABLISHED   spoof <SEQ=100><ACK=300-2001><CTL=ACK><LEN=50> -->    ESTABLISHED
    2            ESTABLISHED   <--   <SEQ=300><ACK=100><CTL=ACK>              <--    ESTABLISHED`,
  ),
  exchange(
    'D1',
    'the SYN is lost',
    'RFC 9293 section 3.8.3, RFC 6298',
    `
    t=0          SYN-SENT      -->   <SEQ=100><CTL=SYN>                       ...    LISTEN
    t=1000       SYN-SENT      -->   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    t=1010       ESTABLISHED   <--   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    t=1020       ESTABLISHED   -->   <SEQ=101><ACK=301><CTL=ACK>              -->    ESTABLISHED`,
  ),
  exchange(
    'D2',
    'the SYN,ACK is lost',
    'RFC 9293 section 3.10.7.4 (1), RFC 6298',
    `
    t=0          SYN-SENT      -->   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    t=10         SYN-SENT      ...   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    t=1000       SYN-SENT      -->   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    t=1010 rfc   SYN-SENT      <--   <SEQ=301><ACK=101><CTL=ACK>              <--    SYN-RECEIVED
    t=1010 both  ESTABLISHED   <--   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    t=1020       ESTABLISHED   -->   <SEQ=101><ACK=301><CTL=ACK>              -->    ESTABLISHED`,
  ),
  exchange(
    'D3',
    'the third segment is lost and no data follows',
    'RFC 9293 section 3.10.7.4 (1), RFC 6298',
    `
    t=0          SYN-SENT      -->   <SEQ=100><CTL=SYN>                       -->    SYN-RECEIVED
    t=10         ESTABLISHED   <--   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    t=20         ESTABLISHED   -->   <SEQ=101><ACK=301><CTL=ACK>              ...    SYN-RECEIVED
    t=1010       ESTABLISHED   <--   <SEQ=300><ACK=101><CTL=SYN,ACK>          <--    SYN-RECEIVED
    t=1020       ESTABLISHED   -->   <SEQ=101><ACK=301><CTL=ACK>              -->    ESTABLISHED`,
  ),
  exchange(
    'D4',
    'the last ACK is lost',
    'RFC 9293 section 3.6.1',
    `
    t=0          TIME-WAIT     <--   <SEQ=300><ACK=101><CTL=FIN,ACK>          <--    LAST-ACK
    t=10         TIME-WAIT     -->   <SEQ=101><ACK=301><CTL=ACK>              ...    LAST-ACK
    t=1000       TIME-WAIT     <--   <SEQ=300><ACK=101><CTL=FIN,ACK>          <--    LAST-ACK
    t=1010       TIME-WAIT     -->   <SEQ=101><ACK=301><CTL=ACK>              -->    CLOSED
    t=1010+2MSL  CLOSED                                                              CLOSED`,
  ),
  exchange(
    'D5',
    'close in three segments',
    'RFC 9293 sections 3.8.6.3 and 3.10.4',
    `
    1            FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSE-WAIT
    2            TIME-WAIT     <--   <SEQ=300><ACK=101><CTL=FIN,ACK>          <--    LAST-ACK
    3            TIME-WAIT     -->   <SEQ=101><ACK=301><CTL=ACK>              -->    CLOSED`,
  ),
  exchange(
    'D6',
    'the FIN is lost',
    'RFC 9293 section 3.8.3',
    `
    t=0          FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          ...    ESTABLISHED
    t=1000       FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSE-WAIT
    t=1010       FIN-WAIT-2    <--   <SEQ=300><ACK=101><CTL=ACK>              <--    CLOSE-WAIT`,
  ),
  exchange(
    'D7',
    'the ACK of the FIN is lost',
    'RFC 9293 section 3.10.7.4 (1)',
    `
    t=0          FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSE-WAIT
    t=10         FIN-WAIT-1    ...   <SEQ=300><ACK=101><CTL=ACK>              <--    CLOSE-WAIT
    t=1000       FIN-WAIT-1    -->   <SEQ=100><ACK=300><CTL=FIN,ACK>          -->    CLOSE-WAIT
    t=1010       FIN-WAIT-2    <--   <SEQ=300><ACK=101><CTL=ACK>              <--    CLOSE-WAIT`,
  ),
  exchange(
    'D8',
    'close while received data is unread',
    'RFC 9293 section 3.6.1, RFC 2525 section 2.17',
    `
    1            CLOSED        -->   <SEQ=100><ACK=310><CTL=RST,ACK>          -->    CLOSED`,
  ),
  exchange(
    'D9',
    'data for a process that has closed',
    'RFC 9293 section 3.6.1',
    `
    1            CLOSED        <--   <SEQ=300><ACK=101><CTL=ACK><LEN=10>      <--    CLOSE-WAIT
    2            CLOSED        -->   <SEQ=101><CTL=RST>                       -->    CLOSED`,
  ),
  exchange(
    'D10',
    'a keep-alive probe and a living peer',
    'RFC 9293 section 3.8.4',
    `
    1            ESTABLISHED   -->   <SEQ=99><ACK=300><CTL=ACK>               -->    ESTABLISHED
    2            ESTABLISHED   <--   <SEQ=300><ACK=100><CTL=ACK>              <--    ESTABLISHED`,
  ),
  exchange(
    'D11',
    'a new SYN for a connection in TIME-WAIT',
    'RFC 9293 section 3.6.1 MAY-2, RFC 6191',
    `
    1            SYN-RECEIVED  <--   <SEQ=900><CTL=SYN>                       <--    SYN-SENT
    2            SYN-RECEIVED  -->   <SEQ=65638><ACK=901><CTL=SYN,ACK>        -->    ESTABLISHED
    3            ESTABLISHED   <--   <SEQ=901><ACK=65639><CTL=ACK>            <--    ESTABLISHED`,
  ),
];
