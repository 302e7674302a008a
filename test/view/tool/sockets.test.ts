// What ss (iproute2 6.1) and netstat (net-tools 2.10) print of the sockets of a host.
import { describe, expect, it } from 'vitest';
import type { State } from '../../../source/tcp/tcb.ts';
import { netstat, ss } from '../../../source/view/tool/sockets.ts';
import { courseOf } from '../../support/fixtures.ts';

type Course = ReturnType<typeof courseOf>;

// The moment at which an end first shows a state.
const when = (course: Course, host: 0 | 1, state: State): number => {
  for (let index = course.openingIndex; index < course.openingIndex + 60; index++) {
    const sockets = course.worldAt(index).hosts[host].sockets.values();
    if ([...sockets].some(({ tcb }) => tcb.state === state)) return index;
  }
  throw new Error(`never ${state}`);
};

const at = (scenario: string, host: 0 | 1, state: State, tool: typeof ss): readonly string[] => {
  const course = courseOf(scenario, 'linux');
  const index = when(course, host, state);
  return tool(course.worldAt(index).hosts[host], course, index);
};

describe('ss -tan', () => {
  // Columns as in real output:
  //   State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
  //   LISTEN 1      4          127.0.0.1:28080      0.0.0.0:*
  //   ESTAB  0      0          127.0.0.1:37816    127.0.0.1:28080
  it('has columns as wide as what stands in them, addresses to the right, ports to the left of theirs', () => {
    expect(at('hs-basic', 0, 'ESTABLISHED', ss)).toEqual([
      'State Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess',
      'ESTAB 0      0           10.0.0.1:40001     10.0.0.2:80',
    ]);
  });

  it('calls SYN-RECEIVED SYN-RECV, and shows the backlog of a listener', () => {
    expect(at('hs-basic', 1, 'SYN-RECEIVED', ss)).toEqual([
      'State    Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
      'LISTEN   0      4            0.0.0.0:80        0.0.0.0:*',
      'SYN-RECV 0      0           10.0.0.2:80       10.0.0.1:40001',
    ]);
  });

  it('counts a SYN and a FIN that are not acknowledged as an octet each', () => {
    expect(at('hs-basic', 0, 'SYN-SENT', ss)[1]).toMatch(/^SYN-SENT 0 {6}1 /);
    expect(at('close-4', 0, 'FIN-WAIT-1', ss)[1]).toMatch(/^FIN-WAIT-1 0 {6}1 /);
    expect(at('close-4', 0, 'FIN-WAIT-2', ss)[1]).toMatch(/^FIN-WAIT-2 0 {6}0 /);
  });

  it('lists no socket that is CLOSED', () => {
    const course = courseOf('refused', 'linux');
    const last = course.reach(course.openingIndex + 40);
    expect(ss(course.worldAt(last).hosts[0], course, last)).toHaveLength(1);
  });
});

describe('netstat -tan', () => {
  // Real output:
  //   tcp        1      0 127.0.0.1:28080         0.0.0.0:*               LISTEN
  //   tcp        0      0 127.0.0.1:37816         127.0.0.1:28080         ESTABLISHED
  it('has fixed columns, and spells states with an underscore', () => {
    expect(at('hs-basic', 1, 'SYN-RECEIVED', netstat)).toEqual([
      'Active Internet connections (servers and established)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State',
      'tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN',
      'tcp        0      0 10.0.0.2:80             10.0.0.1:40001          SYN_RECV',
    ]);
    expect(at('close-4', 0, 'FIN-WAIT-1', netstat)[2]).toMatch(/ FIN_WAIT1$/);
    expect(at('close-4', 0, 'TIME-WAIT', netstat)[2]).toMatch(/ TIME_WAIT$/);
  });
});
