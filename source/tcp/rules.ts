// Every rule the engine can cite. One table feeds the WHY panel, the transcripts, the tests and the
// coverage report; ids are stable. A finding names a rule and the numbers it compared.

/** One rule: where it stands, and its gist in both languages. States, flags and fields stay English. */
export interface Rule {
  /** RFC section with the step in parentheses, or kernel function; 'scenario' for what a person did. */
  readonly cite: string;
  readonly en: string;
  readonly zh: string;
}

function rule(cite: string, en: string, zh: string): Rule {
  return { cite, en, zh };
}

export const rules = {
  'open.active': rule(
    'RFC 9293 §3.10.1',
    "The application asked to connect, so an initial sequence number is chosen and a SYN is sent. The host now waits in SYN-SENT for the peer's SYN and its acknowledgment.",
    '应用请求建立连接，于是选定初始序号并发出 SYN，本端进入 SYN-SENT，等待对方的 SYN 和对本端 SYN 的确认。',
  ),
  'open.passive': rule(
    'RFC 9293 §3.10.1, MUST-41',
    'The application is ready to accept calls on this port. Nothing is sent; the host just waits in LISTEN.',
    '应用在此端口上准备接受连接，不发送任何报文段，只在 LISTEN 状态等待。',
  ),
  'open.listen-to-active': rule(
    'RFC 9293 §3.10.1–2',
    'Opening actively (or sending) on a listening endpoint turns it into the caller: it sends a SYN of its own.',
    '在监听端点上主动打开（或发送数据）会使它变为主动方：自己发出 SYN。',
  ),
  'isn.select': rule(
    'RFC 9293 §3.4.1 MUST-8, SHLD-1',
    'The first sequence number comes from a clock plus a secret hash of the addresses, so that segments of an earlier connection are unlikely to fit and strangers cannot guess it.',
    '初始序号由时钟加上地址四元组的秘密散列得出，使旧连接的报文段很难落入新连接，外人也难以猜中。',
  ),
  'isn.given': rule(
    'scenario',
    'The scenario sets this initial sequence number, so that the numbers on screen are those of the books.',
    '初始序号由场景指定，使屏幕上的数字与书上一致。',
  ),
  'quiet-time.hold': rule(
    'RFC 9293 §3.4.2–3.4.3',
    'After a reboot the host has forgotten which sequence numbers it used, so it stays silent for one MSL until old segments have died.',
    '重启后主机忘了用过哪些序号，因此先静默一个 MSL，等旧报文段全部消失。',
  ),
  'port.time-wait': rule(
    'RFC 9293 §3.6.1, Linux tcp_tw_reuse',
    'The wanted local port still belongs to a connection to the same peer in TIME-WAIT, so it cannot be used for a new one yet.',
    '该本地端口到同一对端的旧连接仍处于 TIME-WAIT，暂时不能用于新连接。',
  ),
  'port.exhausted': rule(
    'RFC 9293 §3.10.1 (insufficient resources); Linux EADDRNOTAVAIL',
    'Every local port towards this destination is in use or in TIME-WAIT, so the connect call fails before sending anything.',
    '通往该目的地的本地端口全部被占用或处于 TIME-WAIT，connect 尚未发包就失败。',
  ),
  'closed.reset-noack': rule(
    'RFC 9293 §3.10.7.1, §3.5.2',
    'No such connection exists. The segment carried no ACK, so the reset uses sequence 0 and acknowledges what came, which makes it believable to the sender.',
    '本端没有这个连接。来包不带 ACK，所以复位报文段用序号 0 并确认来包，使对方认可这个复位。',
  ),
  'closed.reset-ack': rule(
    'RFC 9293 §3.10.7.1, §3.5.2',
    'No such connection exists. The reset takes its sequence number from the incoming ACK field, which is exactly where the sender expects the next byte.',
    '本端没有这个连接。复位报文段的序号取自来包的确认号，正是对方期望的下一个序号。',
  ),
  'closed.rst-ignored': rule(
    'RFC 9293 §3.10.7.1',
    'A reset for a connection that does not exist needs no answer; answering resets with resets would never end.',
    '对不存在的连接收到 RST 无需回应，否则双方会无休止地互相复位。',
  ),
  'listen.rst-ignored': rule(
    'RFC 9293 §3.10.7.2',
    'A listening endpoint has sent nothing that could be refused, so an arriving reset cannot concern it.',
    '监听端点没有发过任何报文段，收到的 RST 与它无关，忽略。',
  ),
  'listen.ack-reset': rule(
    'RFC 9293 §3.10.7.2',
    'An acknowledgment arrived although nothing was sent from LISTEN. It belongs to an old or foreign connection, so it is refused with a reset.',
    'LISTEN 状态未发过任何数据却收到确认，它属于旧的或别的连接，用 RST 拒绝。',
  ),
  'listen.syn-accept': rule(
    'RFC 9293 §3.10.7.2',
    "A connection request arrived. The listener stores the peer's sequence number, picks its own, and answers with SYN+ACK; this new connection is half open (SYN-RECEIVED).",
    '收到连接请求：记下对方初始序号，选定自己的序号，回复 SYN+ACK。此时该连接处于半连接状态 SYN-RECEIVED。',
  ),
  'listen.drop': rule(
    'RFC 9293 §3.10.7.2',
    'The segment asks for no connection (it has no SYN, or a FIN with it), so it can mean nothing to a listener and is dropped.',
    '该报文段不是连接请求（没有 SYN，或 SYN 与 FIN 同时置位），对监听端没有意义，丢弃。',
  ),
  'listen.close': rule(
    'RFC 9293 §3.10.4; Linux inet_csk_listen_stop',
    'The listener is closed. Connections waiting to be accepted are reset, half-open ones are forgotten.',
    '监听端关闭：等待 accept 的连接被复位，半连接直接丢弃。',
  ),
  'listen.synq-full': rule(
    'Linux tcp_conn_request',
    'The half-open (SYN) queue is full and SYN cookies are off, so this SYN is dropped; the client will repeat it.',
    '半连接队列已满且未启用 SYN cookie，丢弃该 SYN，客户端会重传。',
  ),
  'listen.acceptq-full': rule(
    'Linux tcp_conn_request (ListenOverflows)',
    'Completed connections are waiting because the application does not call accept(). New SYNs are dropped until there is room.',
    '应用没有及时 accept，全连接队列已满，新的 SYN 被丢弃，直到队列有空位。',
  ),
  'listen.cookie-sent': rule(
    'RFC 4987; Linux syncookies.c',
    'The SYN queue is full, so instead of remembering the client the server encodes the state into its sequence number (SYN cookie) and keeps nothing.',
    '半连接队列已满，服务器不保存状态，而是把必要信息编码进自己的序号（SYN cookie）发回。',
  ),
  'listen.cookie-valid': rule(
    'Linux syncookies.c',
    'The acknowledgment contains a correct, fresh cookie. The connection is rebuilt from it and goes straight to ESTABLISHED.',
    '确认号中带有正确且未过期的 cookie，据此恢复连接，直接进入 ESTABLISHED。',
  ),
  'listen.cookie-invalid': rule(
    'RFC 9293 §3.10.7.2; Linux syncookies.c',
    'The acknowledgment is not a valid or recent cookie, so it is treated like any stray ACK and answered with a reset.',
    '确认号不是有效或近期的 cookie，按普通的陌生 ACK 处理，回复 RST。',
  ),
  'accept.enqueue': rule(
    'Linux inet_csk_reqsk_queue_add',
    'The handshake is complete; the connection waits in the accept queue until the application takes it.',
    '握手完成，连接进入全连接队列，等待应用 accept。',
  ),
  'accept.dequeue': rule(
    'Linux inet_csk_accept',
    'The application accepted the connection, which frees one place in the queue.',
    '应用取走了连接，全连接队列空出一个位置。',
  ),
  'accept.overflow-drop': rule(
    'Linux tcp_abort_on_overflow=0',
    'The third handshake segment arrived but the accept queue is full, so it is ignored. The client believes it is connected; the server keeps re-sending SYN+ACK.',
    '第三次握手到达但全连接队列已满，报文段被忽略。客户端以为已连接，服务器则继续重发 SYN+ACK。',
  ),
  'accept.overflow-rst': rule(
    'Linux tcp_abort_on_overflow=1',
    'The accept queue is full and the server is configured to refuse at once: it resets the client.',
    '全连接队列已满且配置为立即拒绝，服务器向客户端发送 RST。',
  ),
  'syn-sent.bad-ack-reset': rule(
    'RFC 9293 §3.10.7.3 (1)',
    'The peer acknowledged something this host never sent (an old SYN, or a connection it lost). A reset tells the peer to drop that connection; the host keeps waiting.',
    '对方确认了本端从未发送的内容（旧 SYN 或对方残留的旧连接）。回 RST 让对方放弃，本端继续等待。',
  ),
  'syn-sent.refused': rule(
    'RFC 9293 §3.10.7.3 (2)',
    'The reset acknowledges our SYN, so it is genuine: nobody listens there. The attempt ends as connection refused.',
    '该 RST 确认了我们的 SYN，因此可信：对端无人监听，连接被拒绝。',
  ),
  'syn-sent.rst-ignored': rule(
    'RFC 9293 §3.10.7.3 (2)',
    'The reset does not acknowledge our SYN, so it cannot be an answer to it and is ignored.',
    '该 RST 没有确认我们的 SYN，不是对它的回应，忽略。',
  ),
  'syn-sent.established': rule(
    'RFC 9293 §3.10.7.3 (4)',
    "SYN+ACK arrived and acknowledges our SYN. Both sequence numbers are known, so the connection is ESTABLISHED and we acknowledge the peer's SYN.",
    '收到确认了本端 SYN 的 SYN+ACK，双方序号都已同步，进入 ESTABLISHED，并确认对方的 SYN。',
  ),
  'syn-sent.simultaneous': rule(
    'RFC 9293 §3.10.7.3 (4), §3.5, MUST-10',
    'A SYN without ACK arrived: both sides are opening at the same moment. We answer with SYN+ACK and wait in SYN-RECEIVED.',
    '收到不带 ACK 的 SYN，说明双方同时打开。回复 SYN+ACK，进入 SYN-RECEIVED 等待。',
  ),
  'syn-sent.drop': rule(
    'RFC 9293 §3.10.7.3 (5)',
    'Without SYN or RST the segment cannot advance the handshake, so it is dropped.',
    '报文段没有 SYN 或 RST，无法推进握手，丢弃。',
  ),
  'syn-sent.rtx': rule(
    'RFC 6298 §5; RFC 9293 §3.8.3 MUST-22',
    'No answer to the SYN in time, so it is sent again and the waiting time grows.',
    'SYN 在规定时间内没有得到回应，重新发送并延长等待时间。',
  ),
  'syn-sent.give-up': rule(
    'RFC 9293 §3.8.3 MUST-20, MUST-23',
    'The SYN was repeated the allowed number of times without any answer. The attempt is abandoned (timed out).',
    'SYN 已重传到上限仍无回应，放弃连接（超时）。',
  ),
  'syn-rcvd.ack-acceptable': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'The acknowledgment covers our SYN: the peer proved it really received it. The handshake is complete, ESTABLISHED.',
    '对方确认了我们的 SYN，证明它确实收到，三次握手完成，进入 ESTABLISHED。',
  ),
  'syn-rcvd.bad-ack-reset': rule(
    'RFC 9293 §3.10.7.4 (5), §3.5.2',
    'The acknowledgment does not match our SYN, so it belongs to another incarnation; it is refused with a reset and the state stays.',
    '确认号与我们的 SYN 不符，属于别的连接，回 RST 拒绝，状态不变。',
  ),
  'syn-rcvd.rst-listen': rule(
    'RFC 9293 §3.10.7.4 (2), MUST-11',
    'The peer refuses: often an old duplicate SYN had started this. The half-open connection is dropped and the port goes back to LISTEN.',
    '对方拒绝了这次请求（多半由旧的重复 SYN 引起）。删除半连接，回到 LISTEN。',
  ),
  'syn-rcvd.rst-refused': rule(
    'RFC 9293 §3.10.7.4 (2), MUST-11',
    'We had opened actively (crossing SYNs) and got a reset: the application learns the connection was refused.',
    '我们是主动打开方（SYN 交叉）而收到 RST，通知应用连接被拒绝。',
  ),
  'syn-rcvd.new-syn': rule(
    'RFC 9293 §3.10.7.4 (4), RFC 1122 §4.2.2.20(e)',
    'A different SYN arrived inside the window on a passively opened connection. The old request is given up and the endpoint listens again.',
    '被动打开的半连接窗口内又来了一个不同的 SYN，放弃旧请求，回到监听。',
  ),
  'syn-rcvd.dup-syn-ack': rule(
    'RFC 9293 §3.10.7.4 (1)',
    'The same SYN came again, so our SYN+ACK may be lost. By the letter of the RFC it is only acknowledged; the SYN+ACK timer will repeat the real answer.',
    '又收到同一个 SYN，可能是 SYN+ACK 丢了。按 RFC 字面只回一个 ACK，真正的 SYN+ACK 由定时器重发。',
  ),
  'syn-rcvd.dup-syn-resend': rule(
    'Linux tcp_check_req',
    'The same SYN came again, so the SYN+ACK was probably lost; it is sent again right away.',
    '又收到同一个 SYN，SYN+ACK 很可能丢失，立即重发。',
  ),
  'syn-rcvd.synack-simultaneous': rule(
    'RFC 9293 Fig. 7, App. A.2',
    "Crossing SYNs: the peer's SYN+ACK repeats the SYN we already have, so the SYN is trimmed and only its acknowledgment counts.",
    '同时打开：对方的 SYN+ACK 里 SYN 已经收过，去掉 SYN，只处理其中的确认。',
  ),
  'syn-rcvd.rtx': rule(
    'RFC 6298 §5; Linux reqsk_timer_handler',
    'The SYN+ACK was not acknowledged in time and is sent again with a longer wait.',
    'SYN+ACK 在规定时间内未被确认，重传并延长等待。',
  ),
  'syn-rcvd.give-up': rule(
    'RFC 9293 §3.8.3; Linux tcp_synack_retries',
    'Nobody acknowledged the SYN+ACK after all retries, so the half-open connection is removed and its queue place freed.',
    'SYN+ACK 重传到上限仍无人确认，删除半连接，释放队列位置。',
  ),
  'seq.unacceptable-ack': rule(
    'RFC 9293 §3.10.7.4 (1)',
    'The segment lies outside the receive window (old duplicate or too far ahead). It is not used, but an ACK tells the sender what is expected next.',
    '报文段落在接收窗口之外（旧重复或过于超前），不予采用，但回一个 ACK 告诉对方期望的序号。',
  ),
  'seq.zero-window': rule(
    'RFC 9293 §3.10.7.4 (1), MUST-66',
    'The receive window is zero, so data cannot be taken; the reply repeats the zero window. Its ACK and RST are still looked at.',
    '接收窗口为零，无法接收数据，回复中再次告知零窗口；其中的 ACK、RST 仍会处理。',
  ),
  'seq.paws-reject': rule(
    'RFC 7323 §5.3 R1',
    'The timestamp is older than the last one seen, so this is a duplicate from the past even if its number fits. It is dropped and acknowledged.',
    '时间戳比已见过的更旧，即使序号合适也是过去的重复报文段，丢弃并回 ACK。',
  ),
  'rst.out-of-window': rule(
    'RFC 9293 §3.10.7.4 (2), RFC 5961 §3',
    'A reset outside the window is late or guessed, so it is silently ignored.',
    '窗口之外的 RST 不是迟到就是猜测，静默忽略。',
  ),
  'rst.exact': rule(
    'RFC 9293 §3.10.7.4 (2), RFC 5961 §3',
    'The reset carries exactly the next expected sequence number, so it is believed: the connection is aborted and the application told.',
    'RST 的序号恰好等于期望的下一个序号，可信：立即中止连接并通知应用。',
  ),
  'rst.challenge': rule(
    'RFC 9293 §3.10.7.4 (2), RFC 5961 §3',
    'The reset is inside the window but not exact: it might be forged. A challenge ACK is sent; a genuine peer will answer with an exact reset.',
    'RST 在窗口内但不精确，可能是伪造的。回一个质询 ACK，真正的对端会再发一个精确的 RST。',
  ),
  'rst.closing': rule(
    'RFC 9293 §3.10.7.4 (2)',
    'The connection was already closing, so the reset simply ends it.',
    '连接已在关闭过程中，RST 直接使其结束。',
  ),
  'syn.challenge': rule(
    'RFC 9293 §3.10.7.4 (4), RFC 5961 §4',
    'A SYN on a live connection: either the peer rebooted or someone forges it. A challenge ACK is sent; a rebooted peer will answer with a reset.',
    '已同步的连接上又收到 SYN：对端可能重启，也可能是伪造。回质询 ACK，若对端真的重启过，会回 RST。',
  ),
  'challenge.rate-limited': rule(
    'RFC 5961 §7; Linux tcp_invalid_ratelimit',
    'A challenge or duplicate ACK was sent a moment ago, so another one is suppressed to avoid ACK storms.',
    '刚刚已发过质询/重复 ACK，为避免 ACK 风暴，这次不再发送。',
  ),
  'ack.missing': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'After synchronisation every segment must carry an ACK; one without it is dropped.',
    '同步之后每个报文段都必须带 ACK，没有 ACK 的报文段被丢弃。',
  ),
  'ack.new': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'The ACK covers data we had in flight. It is removed from the retransmission queue and the window moves forward.',
    'ACK 确认了在途数据，将其移出重传队列，发送窗口前移。',
  ),
  'ack.duplicate': rule(
    'RFC 9293 §3.10.7.4 (5), RFC 5681 §2',
    'The ACK repeats what was already acknowledged. It moves nothing, but several in a row hint that a segment is missing.',
    'ACK 重复了已确认的位置，不推进窗口；但连续多个意味着可能有报文段丢失。',
  ),
  'ack.unsent': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'The ACK covers data that was never sent, so it cannot be ours. The segment is dropped and an ACK with the true position is returned.',
    'ACK 确认了从未发送的数据，不属于本连接。丢弃该报文段，并回一个带正确位置的 ACK。',
  ),
  'ack.too-old': rule(
    'RFC 9293 §3.10.7.4 (5), MAY-12, RFC 5961 §5',
    'The ACK number is older than any window the peer ever offered, which suggests injected data. The segment is discarded and acknowledged.',
    '确认号比对端历来的窗口还旧，疑似注入攻击，丢弃并回 ACK。',
  ),
  'wnd.update': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'The segment is newer than the last window report, so its window value replaces the old one.',
    '该报文段比上一次窗口通告更新，采用它的窗口值。',
  ),
  'wnd.stale': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'The segment is older than the last window report, by its sequence or its ACK number, so its window value is not used.',
    '按序号或确认号，该报文段比上一次窗口通告更旧，其窗口值不采用。',
  ),
  'send.data': rule(
    'RFC 9293 §3.10.2, §3.8.6.2.1',
    "Data is sent because it fits the peer's window and the congestion window and the small-packet rules allow it.",
    '数据在对方窗口和拥塞窗口之内，且小包规则允许，因此发送。',
  ),
  'data.in-order': rule(
    'RFC 9293 §3.10.7.4 (7)',
    'The data starts exactly at the next expected byte, so it is accepted and the expected number moves on.',
    '数据恰从期望的字节开始，予以接收，期望序号前移。',
  ),
  'data.out-of-order': rule(
    'RFC 9293 §3.10.7.4 (7), SHLD-31, MAY-13',
    'There is a gap before this data. It is kept, and a duplicate ACK at once tells the sender what is missing.',
    '这段数据之前有缺口，先缓存，并立即发重复 ACK 告诉对方缺什么。',
  ),
  'data.gap-filled': rule(
    'RFC 5681 §4.2 (RFC 2581 §4.2)',
    'The missing piece arrived; the queued data behind it becomes deliverable and one ACK at once covers everything.',
    '缺失部分到达，后面缓存的数据也可交付，立即用一个 ACK 全部确认。',
  ),
  'data.duplicate': rule(
    'RFC 9293 §3.10.7.4 (1), RFC 2883',
    'This data was received before, so it is discarded and re-acknowledged; the earlier ACK may have been lost.',
    '这段数据以前收过，丢弃并重新确认，可能是先前的 ACK 丢了。',
  ),
  'data.after-fin': rule(
    'RFC 9293 §3.10.7.4 (7)',
    'The peer already said it had finished, so further text is ignored.',
    '对方已宣告发送完毕，其后的数据忽略。',
  ),
  'data.after-close-rst': rule(
    'RFC 1122 §4.2.2.13, RFC 9293 SHLD-3, Linux',
    'New data arrived for a connection whose process has already closed it; nobody can read it, so a reset reports the loss.',
    '本端进程已关闭连接却又有新数据到达，无人读取，用 RST 告知数据丢失。',
  ),
  'urg.signal': rule(
    'RFC 9293 §3.10.7.4 (6), MUST-32',
    'The urgent pointer moved on, ahead of what was read, so the application is told that urgent data is coming.',
    '紧急指针前移并超前于已读数据，通知应用有紧急数据。',
  ),
  'nagle.hold': rule(
    'RFC 9293 §3.7.4 SHLD-7',
    'A small piece waits because earlier data is not yet acknowledged; it will leave with more data or when the ACK comes (Nagle).',
    '尚有未确认的数据，小块先等一等，凑够一个满段或收到 ACK 再发（Nagle 算法）。',
  ),
  'sws.hold': rule(
    'RFC 9293 §3.8.6.2.1 MUST-38',
    'The window opened only a little; sending a tiny segment now would start silly-window syndrome, so the sender waits.',
    '窗口只打开一点点，此时发小段会引发糊涂窗口综合征，发送方等待。',
  ),
  'rwnd.limited': rule(
    'RFC 9293 §3.8.6',
    "The peer's advertised window is full; no more may be sent until it acknowledges or opens the window.",
    '对方通告的窗口已用完，要等它确认或扩大窗口才能继续发送。',
  ),
  'cwnd.limited': rule(
    'RFC 5681 §3.1',
    'The congestion window is full: the network is assumed to hold all it can.',
    '拥塞窗口已满：认为网络中容纳的数据已达上限。',
  ),
  'wnd.update-sent': rule(
    'RFC 9293 §3.8.6.2.2 MUST-39',
    'The application read data and the buffer has grown by a worthwhile amount, so a larger window is announced.',
    '应用读走数据，缓冲区腾出足够空间，于是通告更大的窗口。',
  ),
  'ack.delay': rule(
    'RFC 9293 §3.8.6.3 SHLD-18',
    'No reason to hurry: the ACK waits briefly for data or a second segment to ride along.',
    '无需着急：ACK 稍等片刻，以便与数据或第二个报文段一起发送。',
  ),
  'ack.delay-fired': rule(
    'RFC 9293 §3.8.6.3 MUST-40',
    'Nothing came to carry the ACK within the allowed delay, so it is sent alone.',
    '在允许的延迟内没有可搭载的数据，单独发送 ACK。',
  ),
  'ack.quick': rule(
    'Linux quick-ack mode',
    'At the start of a stream (or after trouble) every segment is acknowledged at once so the sender can speed up.',
    '连接初期（或出现异常后）对每个报文段立即确认，帮助发送方提速。',
  ),
  'ack.delay-ends': rule(
    'Linux tcp_output.c tcp_send_delayed_ack',
    'The delayed ACK was about to leave anyway when more data came: it leaves now.',
    '延迟的 ACK 本就即将发出，又有数据到达，于是现在就发。',
  ),
  'ack.after-read': rule(
    'Linux tcp.c tcp_cleanup_rbuf',
    'The application has read everything, so nothing is gained by holding the acknowledgment back any longer.',
    '应用已读完数据，再扣住确认没有好处，立即发送。',
  ),
  'ack.merge': rule(
    'Linux tcp_input.c __tcp_ack_snd_check (tcp_comp_sack_delay_ns)',
    'Three duplicate ACKs have already told the sender of the gap; further ones wait a moment so that one can stand for several.',
    '三个重复 ACK 已告知发送方有缺口，后续的稍等片刻，合并为一个发送。',
  ),
  'ack.piggyback': rule(
    'RFC 9293 §3.10.7.4 (7)',
    'The pending acknowledgment travels on a segment that was sent anyway.',
    '待发的确认搭载在正好要发送的报文段上。',
  ),
  'close.estab': rule(
    'RFC 9293 §3.10.4',
    'The application has nothing more to send. A FIN goes out after all queued data; the host waits in FIN-WAIT-1.',
    '应用不再发送数据，待排队数据发完后发出 FIN，进入 FIN-WAIT-1。',
  ),
  'close.close-wait': rule(
    'RFC 9293 §3.10.4, RFC 1122 §4.2.2.20(a)',
    'The peer closed first and now our application closes too: our FIN is sent and we wait in LAST-ACK for its acknowledgment.',
    '对方先关闭，现在本端应用也关闭：发出 FIN，进入 LAST-ACK 等待确认。',
  ),
  'close.syn-sent': rule(
    'RFC 9293 §3.10.4',
    'The application gave up before the peer answered; the attempt is simply forgotten.',
    '对方尚未回应应用就放弃了，直接删除这次尝试。',
  ),
  'close.syn-rcvd': rule(
    'RFC 9293 §3.10.4',
    'The application closed before the handshake ended; a FIN is sent (or queued) and the state becomes FIN-WAIT-1.',
    '握手未完成应用就关闭，发送（或排队）FIN，进入 FIN-WAIT-1。',
  ),
  'close.half-close': rule(
    'RFC 9293 §3.6.1',
    'Only the sending direction is closed; this side can still receive, as the two directions end independently.',
    '只关闭发送方向，仍可接收：两个方向各自独立结束。',
  ),
  'close.unread-rst': rule(
    'RFC 9293 §3.6.1 SHLD-3, RFC 2525 §2.17',
    'The application closed while received data was still unread. That data is lost, so a reset is sent instead of a FIN.',
    '应用关闭时还有未读数据，数据将丢失，因此发送 RST 而不是 FIN。',
  ),
  'close.linger0': rule(
    'Linux SO_LINGER 0; RFC 9293 §3.10.5',
    'The application asked for an abortive close: queued data is thrown away and a reset is sent.',
    '应用要求强制关闭：丢弃未发数据并发送 RST。',
  ),
  'abort.rst': rule(
    'RFC 9293 §3.10.5',
    'ABORT throws away everything and tells the peer with a reset; no TIME-WAIT follows.',
    '中止连接：丢弃一切并用 RST 告知对方，不进入 TIME-WAIT。',
  ),
  'fin.queued': rule(
    'RFC 9293 §3.10.4',
    'The FIN must wait its turn: data queued before it goes first (or the window is closed).',
    'FIN 需要排队：先发完之前的数据（或等窗口打开）。',
  ),
  'fin.rtx': rule(
    'RFC 6298 §5; RFC 9293 §3.10.8',
    'The FIN was not acknowledged in time and is sent again.',
    'FIN 在规定时间内未被确认，重传。',
  ),
  'fin.close-wait': rule(
    'RFC 9293 §3.10.7.4 (8)',
    'The peer has finished sending. Its FIN is acknowledged and the application sees end-of-file; we may still send (CLOSE-WAIT).',
    '对方发送完毕，确认它的 FIN，应用读到文件结束；本端仍可发送（CLOSE-WAIT）。',
  ),
  'fin.merged-with-ack': rule(
    'RFC 9293 §3.8.6.3, §3.10.4',
    "The ACK of the peer's FIN was still waiting when our application closed, so ACK and FIN leave in one segment: a three-segment close.",
    '对方 FIN 的确认还在延迟等待时本端也关闭了，于是 ACK 与 FIN 合并发送，四次挥手变成三次。',
  ),
  'fin-wait-1.fin-acked': rule(
    'RFC 9293 §3.10.7.4 (5)',
    "Our FIN is acknowledged: our direction is closed. Now we wait for the peer's FIN (FIN-WAIT-2).",
    '我们的 FIN 已被确认，本方向关闭，进入 FIN-WAIT-2 等待对方的 FIN。',
  ),
  'fin-wait-1.fin': rule(
    'RFC 9293 §3.10.7.4 (8), Fig. 13',
    "The peer's FIN arrived before ours was acknowledged: both sides closed at the same time (CLOSING).",
    '我们的 FIN 尚未被确认就收到对方的 FIN，说明双方同时关闭，进入 CLOSING。',
  ),
  'fin-wait-1.fin-and-ack': rule(
    'RFC 9293 §3.10.7.4 (8), Fig. 5 note 2',
    "One segment both acknowledges our FIN and carries the peer's FIN, so we go directly to TIME-WAIT.",
    '同一报文段既确认了我们的 FIN 又带来对方的 FIN，直接进入 TIME-WAIT。',
  ),
  'fin-wait-2.fin': rule(
    'RFC 9293 §3.10.7.4 (8)',
    "The peer's FIN arrived; both directions are closed. We acknowledge it and wait 2MSL in TIME-WAIT.",
    '收到对方的 FIN，两个方向都已关闭，确认后进入 TIME-WAIT 等待 2MSL。',
  ),
  'fin-wait-2.refused': rule(
    'Linux tcp_input.c tcp_rcv_state_process (TCP_LINGER2 < 0)',
    'Nobody holds the connection any more, and the application asked not to wait in FIN-WAIT-2: it is reset instead.',
    '已无进程持有该连接，且应用要求不在 FIN-WAIT-2 等待：直接复位。',
  ),
  'fin-wait-2.timeout': rule(
    'Linux tcp_fin_timeout (no RFC rule)',
    'Nobody owns this connection any more and the peer never sent its FIN; after the limit it is deleted.',
    '该连接已无进程拥有，对方又迟迟不发 FIN，到达时限后删除。',
  ),
  'closing.ack': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'The peer acknowledged our FIN in a simultaneous close; both sides wait in TIME-WAIT.',
    '同时关闭时对方确认了我们的 FIN，双方都进入 TIME-WAIT。',
  ),
  'last-ack.ack': rule(
    'RFC 9293 §3.10.7.4 (5)',
    'Our FIN is acknowledged and the peer had finished long ago: the connection is deleted at once, no TIME-WAIT here.',
    '我们的 FIN 得到确认，对方早已结束，连接立即删除，这一端不需要 TIME-WAIT。',
  ),
  'time-wait.enter': rule(
    'RFC 9293 §3.6.1 MUST-13',
    'This side closed first (or both did at once), so it keeps the connection for 2MSL: to repeat the last ACK if it was lost and to let old segments die.',
    '本端先关闭（或双方同时关闭），因此保留连接 2MSL：以便最后的 ACK 丢失时重发，并让旧报文段消失。',
  ),
  'time-wait.fin-again': rule(
    'RFC 9293 §3.10.7.4 (5,8)',
    'The peer repeats its FIN, so our last ACK was lost. It is sent again and the 2MSL wait starts over.',
    '对方重发 FIN，说明最后的 ACK 丢了；重新发送并重新开始 2MSL 计时。',
  ),
  'time-wait.expire': rule(
    'RFC 9293 §3.10.8',
    '2MSL passed without news: no old segment can still be alive, the connection is deleted.',
    '2MSL 内没有动静，旧报文段已不可能存在，删除连接。',
  ),
  'time-wait.rst-assassinated': rule(
    'RFC 1337 §1 Fig. 1; Linux tcp_rfc1337=0',
    'A reset ended TIME-WAIT early. Often the reset only answers our own ACK to some old segment: TIME-WAIT assassination.',
    'RST 使 TIME-WAIT 提前结束。它往往只是对方对我们回复旧报文段的 ACK 的反应，称为 TIME-WAIT 暗杀。',
  ),
  'time-wait.rst-ignored': rule(
    'RFC 1337 §3 F1; Linux tcp_rfc1337=1',
    'Resets are ignored in TIME-WAIT so that an old segment cannot cut the protection short.',
    'TIME-WAIT 中忽略 RST，以免旧报文段使保护提前失效。',
  ),
  'time-wait.syn-reuse': rule(
    'RFC 9293 MAY-2, SHLD-4, RFC 6191 §2; Linux',
    'A new SYN is clearly newer than the old connection (higher sequence number or timestamp), so a fresh connection may replace it.',
    '新的 SYN 明显比旧连接更新（序号或时间戳更大），允许新连接取而代之。',
  ),
  'time-wait.syn-reject': rule(
    'RFC 6191 §2, RFC 9293 §3.10.7.4 (4); Linux',
    'The SYN is not provably newer than the old connection. It is not accepted; an ACK (or silence) protects the old state.',
    '无法证明该 SYN 比旧连接更新，不予接受，回 ACK（或不回应）以保护旧连接。',
  ),
  'rto.fire': rule(
    'RFC 6298 §5.4–5.6',
    'The retransmission timer expired: the earliest unacknowledged segment is sent again and the timeout doubles.',
    '重传定时器超时：重发最早的未确认报文段，超时时间加倍。',
  ),
  'rto.sample': rule(
    'RFC 6298 §2, §3',
    'The ACK gives a round-trip time. The smoothed average and its variation are updated, and the timeout recomputed.',
    '该 ACK 给出一次往返时间，更新平滑值与偏差，重新计算超时时间。',
  ),
  'rto.karn': rule(
    'RFC 6298 §3 (Karn), MUST-18',
    'The acknowledged segment had been retransmitted, so it is unknown which copy is answered; no measurement is taken.',
    '被确认的报文段曾重传，无法判断确认的是哪一份，因此不采样。',
  ),
  'rto.restart': rule(
    'RFC 6298 §5.3',
    'New data was acknowledged and more is outstanding, so the timer starts afresh.',
    '有新数据被确认且仍有在途数据，重新启动定时器。',
  ),
  'rto.restart-repeat': rule(
    'RFC 6675 §6; Linux tcp_output.c tcp_xmit_retransmit_queue',
    'The first unacknowledged segment was sent again, so the retransmission timer starts afresh for it.',
    '最早的未确认段已重发：重传定时器为它重新计时。',
  ),
  'rto.stop': rule(
    'RFC 6298 §5.2',
    'Everything is acknowledged, nothing is left to wait for; the timer stops.',
    '全部数据已确认，无需等待，停止定时器。',
  ),
  'rto.syn-3s': rule(
    'RFC 6298 §5.7',
    'The handshake needed a retransmission, so the path may be slower than thought; the first data timeout is set to 3 seconds.',
    '握手中发生过重传，路径可能较慢，首个数据超时设为 3 秒。',
  ),
  'rto.unmeasured': rule(
    'Linux tcp_metrics.c tcp_init_metrics (RFC 6298 §5.7)',
    'The handshake gave no round-trip time, so the first data timeout is set to 3 seconds.',
    '握手没有给出往返时间，首个数据超时设为 3 秒。',
  ),
  'r1.warn': rule(
    'RFC 9293 §3.8.3 SHLD-9',
    'The same segment was repeated several times: the application is warned that delivery is in trouble.',
    '同一报文段多次重传，提醒应用传输遇到问题。',
  ),
  'rto.give-up': rule(
    'RFC 9293 §3.8.3 MUST-20',
    'The retry limit is reached without any acknowledgment; the connection is closed as timed out.',
    '重传达到上限仍无确认，连接以超时关闭。',
  ),
  'persist.start': rule(
    'RFC 9293 §3.8.6.1 MUST-36',
    "The peer's window is closed (or too small to use) and data waits. A lost window update would hang us for ever, so a probe timer is started.",
    '对方窗口为零（或小得不值得用）而有数据待发。若窗口更新丢失会永久卡住，因此启动坚持定时器。',
  ),
  'persist.probe': rule(
    'RFC 9293 §3.8.6.1 SHLD-29, SHLD-30',
    'A window probe asks the peer to repeat its window; the interval grows each time.',
    '发送零窗口探测，请对方重报窗口，间隔逐次加倍。',
  ),
  'persist.open': rule(
    'RFC 9293 §3.8.6.1',
    'The window opened, so probing stops and data flows again.',
    '窗口打开，停止探测，继续发送数据。',
  ),
  'keepalive.probe': rule(
    'RFC 9293 §3.8.4 MAY-5',
    'The connection has been silent for long. A probe with an old sequence number makes a living peer answer.',
    '连接长时间无动静，用一个旧序号的探测包让仍存活的对端应答。',
  ),
  'keepalive.alive': rule(
    'RFC 9293 §3.8.4',
    'The peer answered the probe, so it is alive; the idle timer starts again.',
    '对端应答了探测，说明仍存活，空闲计时重新开始。',
  ),
  'keepalive.reset': rule(
    'RFC 9293 §3.8.4, §3.5.1',
    'The peer answered the probe with a reset: it lost the connection, for example by a reboot.',
    '对端用 RST 应答探测：它已丢失该连接（例如重启过）。',
  ),
  'keepalive.dead': rule(
    'RFC 9293 §3.8.4 MUST-29',
    'No probe was answered; the peer is considered dead and the connection is dropped.',
    '所有探测都没有应答，认为对端已死，断开连接。',
  ),
  'user-timeout.expire': rule(
    'RFC 9293 §3.10.8',
    'Data stayed unacknowledged longer than the application allowed, so the connection is aborted.',
    '数据未被确认的时间超过应用允许的限度，中止连接。',
  ),
  'tlp.probe': rule(
    'RFC 8985 §7; Linux',
    'The end of the data went unacknowledged; a quick probe is sent before the timeout to trigger an ACK.',
    '末尾数据迟迟未确认，在超时之前先发一个探测，以触发确认。',
  ),
  'rack.lost': rule(
    'RFC 8985 §6; Linux',
    'A segment sent later was already delivered, and this one is overdue: it is marked lost.',
    '更晚发送的报文段已经送达，而这一个超期未到，判定丢失。',
  ),
  'rtx.together': rule(
    'RFC 1122 §4.2.2.15; Linux tcp_output.c tcp_retrans_try_collapse',
    'Several small segments are repeated as one: octets are numbered, not segments, so they may be cut anew.',
    '几个小报文段合并成一个重传：编号的是字节而不是报文段，因此可以重新切分。',
  ),
  'rtx.cut': rule(
    'Linux tcp_output.c __tcp_retransmit_skb, tcp_fragment',
    'Less fits into a segment now than when this left: it is cut anew and repeated in smaller segments.',
    '现在一个报文段能装的比当初少：重新切分，以更小的报文段重传。',
  ),
  'cc.fill-hole': rule(
    'RFC 6675 §4 NextSeg (3)',
    'Nothing is known to be lost and nothing new can be sent: a hole below a reported block is filled all the same.',
    '没有已判定丢失的数据，也没有新数据可发：仍补发已报告块之前的缺口。',
  ),
  'cc.rescue': rule(
    'RFC 6675 §4 NextSeg (4)',
    'The end of the flight has nothing behind it that could report it missing: it is repeated once in this recovery.',
    '在途数据的末尾之后没有别的段能报告它丢失：本次恢复中补发一次。',
  ),
  'opt.mss-floor': rule(
    'Linux tcp_output.c __tcp_mtu_to_mss, tcp_min_snd_mss',
    'The peer asks for tiny segments: the least size that this system sends is used instead.',
    '对方要求的报文段过小：改用本系统允许的最小值。',
  ),
  'cc.unused': rule(
    'Linux tcp.h tcp_is_cwnd_limited (RFC 7661)',
    'The congestion window was not filled, so this ACK says nothing about a larger one; it does not grow.',
    '拥塞窗口没有用满，这个 ACK 说明不了更大的窗口是否可行，因此不增长。',
  ),
  'cc.application-limited': rule(
    'Linux tcp_output.c tcp_cwnd_application_limited (RFC 7661)',
    'For a whole timeout the application sent less than the window allows; half of the unused part is given up.',
    '整整一个超时时间里应用发送的都少于窗口所允许的，放弃未用部分的一半。',
  ),
  'cc.slow-start': rule(
    'RFC 5681 §3.1',
    'Below the threshold the window grows by up to one segment for each ACK, about doubling in a round trip.',
    '低于门限时每个 ACK 最多增加一个报文段，拥塞窗口每个往返约翻一倍。',
  ),
  'cc.avoidance': rule(
    'RFC 5681 §3.1',
    'Above the threshold the window grows by about one segment per round trip.',
    '超过门限后每个往返只增加约一个报文段。',
  ),
  'cc.limited-transmit': rule(
    'RFC 5681 §3.2, RFC 3042',
    'The first two duplicate ACKs show that segments still leave the network, so one new segment each may be sent.',
    '前两个重复 ACK 表明仍有报文段离开网络，因此各允许发送一个新报文段。',
  ),
  'cc.fast-retransmit': rule(
    'RFC 5681 §3.2, RFC 6582',
    'Three duplicate ACKs: the missing segment is sent again without waiting for the timer, and the window is halved.',
    '收到三个重复 ACK：不等超时就重传缺失的报文段，并将窗口减半。',
  ),
  'cc.inflate': rule(
    'RFC 5681 §3.2',
    'Each further duplicate ACK means one more segment left the network, so the window grows by one for now.',
    '每个后续重复 ACK 表示又有一个报文段离开网络，窗口暂时加一段。',
  ),
  'cc.partial-ack': rule(
    'RFC 6582 §3.2',
    'The ACK moved but not past everything outstanding at the loss: another segment is missing and is sent at once.',
    'ACK 前进了但未覆盖丢失时的全部在途数据，说明还有缺失，立即重传下一个。',
  ),
  'cc.recovery-exit': rule(
    'RFC 6582 §3.2',
    'Everything outstanding at the loss is acknowledged; the window returns to the threshold.',
    '丢失发生时的在途数据全部确认，窗口恢复到门限值，结束快速恢复。',
  ),
  'cc.rto': rule(
    'RFC 5681 §3.1',
    'A timeout is taken as serious congestion: threshold halved, window back to one segment.',
    '超时意味着严重拥塞：门限减半，窗口回到一个报文段。',
  ),
  'cc.idle-restart': rule(
    'RFC 5681 §4.1',
    'After a long pause the old window says nothing about the path, so sending restarts with a small one.',
    '长时间空闲后旧窗口已无参考价值，以较小窗口重新开始。',
  ),
  'cc.sack-recovery': rule(
    'RFC 6675 §5',
    'Selective ACKs show which holes to fill; only as much is sent as has left the network.',
    '选择性确认指明了缺口，只按离开网络的数据量补发。',
  ),
  'sack.sent': rule(
    'RFC 2018 §4',
    'The ACK lists the blocks held beyond the gap, newest first, so the sender repeats only what is missing.',
    'ACK 列出缺口之后已收到的块（最新的在前），让对方只重发缺失部分。',
  ),
  'sack.recorded': rule(
    'RFC 2018 §5',
    'The reported blocks are marked as received; they stay in the queue until acknowledged for good.',
    '记下对方已收到的块，但在累计确认之前仍保留在队列中。',
  ),
  'dsack.sent': rule(
    'RFC 2883 §4',
    'The first block reports data received twice, so the sender can see that a repetition was unnecessary.',
    '第一个块报告重复收到的数据，使对方知道这次重传是多余的。',
  ),
  'opt.mss': rule(
    'RFC 9293 §3.7.1 MUST-15/16',
    'The segment size is the smaller of what the peer accepts and what the path carries.',
    '报文段大小取对方可接收值与路径可承载值中的较小者。',
  ),
  'opt.wscale': rule(
    'RFC 7323 §2',
    'Both sides offered window scaling, so window values are multiplied from now on (not in SYN segments).',
    '双方都支持窗口扩大，此后窗口值按比例放大（SYN 报文段除外）。',
  ),
  'opt.ts': rule(
    'RFC 7323 §3',
    'Both sides use timestamps: round trips are measured on every ACK and old duplicates can be recognised.',
    '双方启用时间戳：每个 ACK 都能测量往返时间，并能识别旧的重复报文段。',
  ),
  'app.crash': rule(
    'RFC 9293 §3.6.1; RFC 2525 §2.17',
    'The process died and the kernel closes its sockets: a FIN, or a reset if unread data is lost.',
    '进程崩溃，内核替它关闭连接：发送 FIN；若有未读数据则发送 RST。',
  ),
  'host.crash': rule(
    'RFC 9293 §3.5.1',
    'The machine is dead and sends nothing. The peer finds out only through timeouts or keep-alive.',
    '主机宕机，不再发送任何报文段，对端只能靠超时或保活发现。',
  ),
  'host.reboot': rule(
    'RFC 9293 §3.5.1',
    'The machine is back without memory of its connections; the next segment for an old one will be answered with a reset.',
    '主机重启后丢失了连接记录，旧连接的下一个报文段将得到 RST。',
  ),
  'halfopen.reset': rule(
    'RFC 9293 §3.5.1 Fig. 9–10',
    'One side had forgotten the connection. The exchange exposed it and the reset clears the stale half.',
    '一方早已丢失该连接，通过这次交互暴露出来，RST 清除残留的一半。',
  ),
  'net.drop': rule(
    'scenario',
    'The network lost this segment. No one is told; only a timer or duplicate ACKs can notice.',
    '网络丢失了该报文段，没有任何通知，只能靠定时器或重复 ACK 察觉。',
  ),
  'net.delay': rule(
    'scenario',
    'The segment is held back in the network and will arrive later, possibly after newer ones.',
    '该报文段滞留在网络中，稍后才到，可能晚于更新的报文段。',
  ),
  'net.dup': rule(
    'scenario',
    'The network delivers an extra copy of this segment.',
    '网络额外送达了该报文段的一份副本。',
  ),
  'net.corrupt': rule(
    'RFC 9293 §3.1 MUST-3',
    'The checksum fails, so the segment is dropped silently, as if it were lost.',
    '校验和错误，静默丢弃，与丢失等效。',
  ),
  'net.msl-expired': rule(
    'RFC 9293 §3.4.2',
    'The segment is older than the maximum segment lifetime and ceases to exist.',
    '该报文段超过最长报文段寿命，从网络中消失。',
  ),
  'check.rst-clear': rule(
    'RFC 9293 §3.10.7',
    'The RST bit is off, so nothing is reset; on to the next check.',
    'RST 位未置位，不涉及复位，继续下一项检查。',
  ),
  'check.ack-absent': rule(
    'RFC 9293 §3.10.7.2, §3.10.7.3',
    'The ACK bit is off, as in a first SYN: there is no acknowledgment to judge.',
    'ACK 位未置位（首个 SYN 就是如此），没有确认号需要检查。',
  ),
  'check.seq-acceptable': rule(
    'RFC 9293 §3.10.7.4 (1)',
    'The sequence number lies inside the receive window, so the segment is acceptable.',
    '序号落在接收窗口之内，报文段可接受。',
  ),
  'check.syn-clear': rule(
    'RFC 9293 §3.10.7.4 (4)',
    'The SYN bit is off, as it should be on a synchronised connection.',
    'SYN 位未置位，已同步的连接本应如此。',
  ),
  'check.ack-acceptable': rule(
    'RFC 9293 §3.10.7.3 (1)',
    'The ACK acknowledges our SYN and nothing that was never sent.',
    '该确认号确认了我们的 SYN，且没有确认从未发送的内容。',
  ),
  'seq.trimmed': rule(
    'RFC 9293 §3.10.7.4 (1)',
    'Part of the segment lies outside the window and is cut off; the rest is used.',
    '报文段有一部分在窗口之外，截去后使用其余部分。',
  ),
  'rst.accepted-793': rule(
    'RFC 793 §3.9; RFC 5961 §3',
    'By the rules of RFC 793 any reset inside the window is believed; RFC 5961 made that stricter because it can be guessed.',
    '按 RFC 793 的规则，窗口内的任何 RST 都被采信；因为可被猜中，RFC 5961 收紧了这一规则。',
  ),
  'syn.reset-793': rule(
    'RFC 793 §3.9; RFC 5961 §4',
    'By the rules of RFC 793 a SYN inside the window is an error: the connection is reset. RFC 5961 sends a challenge ACK instead.',
    '按 RFC 793 的规则，窗口内出现 SYN 即为错误，连接被复位；RFC 5961 改为发送质询 ACK。',
  ),
  'syn-rcvd.new-syn-reset': rule(
    'Linux tcp_check_req (embryonic reset)',
    'A different SYN arrived inside the window of a half-open connection: it is answered with a reset and the request is dropped.',
    '半连接的窗口内又来了一个不同的 SYN：回 RST 并删除该请求。',
  ),
  'syn-rcvd.two-way': rule(
    'counterfactual',
    'Counterfactual rule: the connection counts as ESTABLISHED on the SYN alone, without waiting for the third segment.',
    '反事实规则：仅凭 SYN 就视为 ESTABLISHED，不等第三个报文段。',
  ),
  'syn-sent.again-soon': rule(
    'Linux tcp_rcv_synsent_state_process',
    'The old connection on the other side has just been reset, so the SYN is repeated almost at once instead of after a full timeout.',
    '对方的旧连接刚被复位，因此几乎立即重发 SYN，而不必等满一个超时。',
  ),
  'syn.text-dropped': rule(
    'Linux tcp_conn_request',
    'The data on this segment is not kept; the peer will send it again once the connection is established.',
    '该报文段携带的数据不予保留，连接建立后对方会重新发送。',
  ),
  'syn.text-queued': rule(
    'RFC 9293 §3.10.7.3, §3.5',
    'Data came with the SYN. It is kept, but the application gets it only after the handshake.',
    'SYN 上带有数据，先保存，握手完成后才交给应用。',
  ),
  'open.refused-exists': rule(
    'RFC 9293 §3.10.1',
    'A connection with these addresses and ports already exists, so it cannot be opened again.',
    '相同地址与端口的连接已经存在，不能再次打开。',
  ),
  'open.port-in-use': rule(
    'RFC 9293 §3.10.1, MUST-41; EADDRINUSE',
    'Another socket already uses this port, so it cannot be listened on.',
    '该端口已被其他套接字占用，不能监听。',
  ),
  'call.no-connection': rule(
    'RFC 9293 §3.10',
    'There is no connection for this call to act on.',
    '没有可供该调用操作的连接。',
  ),
  'call.closing': rule(
    'RFC 9293 §3.10',
    'The connection is already closing, so this call comes too late.',
    '连接已在关闭，该调用为时已晚。',
  ),
  'call.queued': rule(
    'RFC 9293 §3.10.2, §3.10.3',
    'The call cannot finish yet and waits.',
    '该调用暂时无法完成，进入等待。',
  ),
  'send.queued': rule('RFC 9293 §3.10.2', 'The octets are accepted into the send queue.', '数据被接收进发送队列。'),
  'send.broken-pipe': rule(
    'RFC 9293 §3.10.2; EPIPE',
    'This side can no longer send: it was shut down or reset before.',
    '本端已不能再发送：此前已关闭写方向或被复位。',
  ),
  'send.buffer-full': rule(
    'RFC 9293 §3.10.2',
    'The send buffer is full; the rest waits until octets are acknowledged.',
    '发送缓冲区已满，其余数据要等已发数据被确认后才能写入。',
  ),
  'receive.data': rule(
    'RFC 9293 §3.10.3',
    'The application takes octets from the receive buffer.',
    '应用从接收缓冲区取走数据。',
  ),
  'receive.eof': rule(
    'RFC 9293 §3.10.3',
    'Everything was read and the peer has sent its FIN: the application sees end-of-file.',
    '数据已读完且对方已发 FIN，应用读到文件结束。',
  ),
  'receive.error': rule(
    'RFC 9293 §3.10.3',
    'The connection ended with an error, which this call reports once.',
    '连接因错误结束，该错误由本次调用报告一次。',
  ),
  'ack.delay-second': rule(
    'RFC 9293 §3.8.6.3 SHLD-19',
    'A second full segment is waiting for its acknowledgment, so it is sent now.',
    '已有第二个满段等待确认，立即发送 ACK。',
  ),
  'ack.immediate': rule(
    'RFC 9293 §3.10.7.4',
    'This segment must be acknowledged without delay.',
    '该报文段必须立即确认。',
  ),
  'chunk.wait': rule(
    'Linux tcp_output.c tcp_tso_should_defer',
    'Part of a chunk could leave now, but an ACK is about to arrive that will make room for all of it: it waits.',
    '现在只能发送一部分，但马上会有 ACK 到达腾出空间，于是稍等，整块一起发送。',
  ),
  'psh.set': rule(
    'RFC 9293 §3.9.1.2 MUST-61',
    'This segment empties the send queue, so it carries PSH.',
    '该报文段清空了发送队列，因此带 PSH。',
  ),
  'push.hold': rule(
    'RFC 9293 §3.9.1.2 MAY-15, MAY-16; send(2) MSG_MORE',
    'The last write came without PUSH: what does not fill a segment waits for the next write.',
    '上一次写入没有 PUSH：不足一个报文段的部分等待下一次写入。',
  ),
  'urg.sent': rule(
    'RFC 9293 §3.8.5 MUST-62',
    'Octets up to the urgent pointer are marked urgent.',
    '直到紧急指针为止的数据被标记为紧急。',
  ),
  'wnd.shrunk': rule(
    'RFC 9293 §3.8.6 MUST-34, SHLD-15',
    'The peer took back window it had offered: nothing new is sent until the window catches up.',
    '对端收回了已通告的窗口：在窗口追上之前不发送新数据。',
  ),
  'fin.sent': rule(
    'RFC 9293 §3.10.4, §3.4',
    'All queued data has left, so the FIN goes out; it takes one sequence number.',
    '排队数据已全部发出，于是发送 FIN，它占用一个序号。',
  ),
  'fin.out-of-order': rule(
    'RFC 9293 §3.10.7.4 (8), SHLD-31',
    "The peer's FIN arrived, but data before it is still missing; it waits.",
    '对方的 FIN 已到，但其前的数据尚缺，先等待。',
  ),
  'fin.after-fin': rule(
    'RFC 9293 §3.10.7.4 (8)',
    "The peer's FIN was already processed; there is nothing more to do.",
    '对方的 FIN 已处理过，无需再做什么。',
  ),
  'fin-wait-2.enter-orphan': rule(
    'Linux tcp_fin_timeout',
    'The process is gone, so FIN-WAIT-2 gets a time limit.',
    '进程已不在，FIN-WAIT-2 设有时限。',
  ),
  'time-wait.skipped': rule(
    'counterfactual; Linux tcp_max_tw_buckets',
    'Counterfactual or a full table: TIME-WAIT is left out and the connection is forgotten at once.',
    '反事实规则或表已满：跳过 TIME-WAIT，立即忘记该连接。',
  ),
  'time-wait.old-segment': rule(
    'RFC 9293 §3.10.7.4 (1)',
    'An old segment in TIME-WAIT is not used; an ACK with the right position is the only answer.',
    'TIME-WAIT 中收到的旧报文段不予采用，只回一个带正确位置的 ACK。',
  ),
  'shutdown.receive': rule(
    'shutdown(2)',
    'Only the reading direction is closed, which is local: nothing is sent.',
    '只关闭读方向，这是本地行为，不发送任何报文段。',
  ),
  'abort.silent': rule(
    'RFC 9293 §3.10.5',
    'ABORT of a connection that has nothing to reset: it is forgotten without a segment.',
    '中止一个无需复位的连接：直接删除，不发报文段。',
  ),
  'process.exit': rule(
    'RFC 9293 §3.6.1',
    'The process ended; the kernel closes its sockets one by one.',
    '进程结束，内核逐一关闭它的套接字。',
  ),
  'rto.backoff': rule(
    'RFC 6298 §5.5',
    'The timeout is doubled before the next attempt, up to its limit.',
    '下一次尝试之前超时加倍，直到上限。',
  ),
  'rto.start': rule(
    'RFC 6298 §5.1',
    'Something was sent and the retransmission timer was off, so it starts.',
    '发送了需要确认的内容而重传定时器未开，于是启动。',
  ),
  'rto.linear': rule(
    'Linux tcp_syn_linear_timeouts',
    'The first repetitions of a SYN keep the same timeout; it doubles only later.',
    'SYN 的最初几次重传保持相同的超时，之后才加倍。',
  ),
  'cc.syn-needless': rule(
    'Linux tcp_input.c tcp_try_undo_spurious_syn',
    'The echoed timestamp is that of the first SYN or SYN,ACK: it had arrived, repeating it was needless, and the initial window stays whole.',
    '回显的时间戳属于第一个 SYN 或 SYN,ACK：它其实已到达，重传是多余的，初始窗口不缩小。',
  ),
  'cc.initial-window': rule(
    'RFC 5681 §3.1',
    'The connection starts with this congestion window.',
    '连接以此拥塞窗口开始。',
  ),
  'cc.cubic': rule(
    'RFC 9438; Linux tcp_cubic.c',
    'The window follows a cubic curve around the size at which the last loss happened.',
    '拥塞窗口沿以上次丢包时窗口为中心的三次曲线增长。',
  ),
  'cc.tahoe': rule(
    'RFC 2001; Jacobson 1988',
    'Three duplicate ACKs: the segment is repeated and the window falls back to one segment (Tahoe).',
    '收到三个重复 ACK：重传该段，拥塞窗口退回一段（Tahoe）。',
  ),
  'cc.undo': rule(
    'Linux tcp_input.c tcp_try_undo_recovery',
    'The repetition proved unnecessary, so the reduction of the window is undone.',
    '事后证明重传并无必要，撤销对窗口的缩减。',
  ),
  'cc.reordering': rule(
    'Linux tcp_input.c tcp_check_reno_reordering',
    'More duplicate ACKs than lost segments could explain: the path reorders, so more of them are needed from now on.',
    '重复 ACK 多于丢失所能解释的数目：路径会乱序，此后需要更多重复 ACK 才算丢失。',
  ),
  'cc.eifel': rule(
    'RFC 3522 §3.2; Linux tcp_input.c tcp_packet_delayed',
    'The ACK echoes a timestamp from before the first repetition: the original had arrived, only late.',
    'ACK 回显的时间戳早于首次重传：原报文段其实已到，只是晚了。',
  ),
  'cc.frto': rule(
    'RFC 5682 §3.1 (3b); Linux tcp_input.c tcp_process_loss',
    'After a timeout something is acknowledged that was never repeated: the flight was late, not lost.',
    '超时之后，从未重传过的数据得到了确认：在途数据只是迟到，并未丢失。',
  ),
  'cc.frto-probe': rule(
    'RFC 5682 §3.1 (2b); Linux tcp_input.c tcp_process_loss',
    'The repetition is acknowledged; before anything else is repeated, new data finds out whether the rest was lost.',
    '重传已被确认：在继续重传之前，先发新数据，以判断其余是否真的丢失。',
  ),
  'opt.sack': rule('RFC 2018 §2', 'Both sides permit selective acknowledgments.', '双方都允许选择性确认。'),
  'opt.unknown': rule(
    'RFC 9293 §3.1 MUST-6',
    'An option this host does not know is ignored.',
    '本机不认识的选项被忽略。',
  ),
  'opt.mtu': rule(
    'RFC 9293 §3.7.2; RFC 1191',
    'The path carries smaller packets than thought; the segment size shrinks and what is outstanding is cut anew.',
    '路径能承载的报文段比预想的小；缩小报文段并重新切分在途数据。',
  ),
  'icmp.soft': rule(
    'RFC 9293 §3.9.2.2 MUST-56',
    'The network reports trouble that may pass; the connection goes on and the application may be told.',
    '网络报告了可能是暂时的问题；连接继续，可告知应用。',
  ),
  'icmp.hard': rule(
    'RFC 9293 §3.9.2.2 SHLD-26',
    'The network reports that this cannot work; the attempt is abandoned.',
    '网络报告此路不通，放弃这次尝试。',
  ),
  'listen.defer': rule(
    'Linux TCP_DEFER_ACCEPT',
    'The listener waits for data, so the bare third ACK does not finish the handshake.',
    '监听端等待数据，仅有第三次 ACK 不会完成握手。',
  ),
  'listen.synq-entry': rule(
    'Linux inet_csk_reqsk_queue_hash_add',
    'The half-open connection takes a place in the SYN queue.',
    '半连接在半连接队列中占一个位置。',
  ),
  'listen.prune': rule(
    'Linux reqsk_timer_handler',
    'More than half of the queue is in use, so old half-open entries are given fewer retries.',
    '队列占用过半，旧的半连接条目减少重试次数。',
  ),
  'ecn.negotiated': rule(
    'RFC 3168 §6.1.1',
    'Both sides agreed on explicit congestion notification.',
    '双方协商启用了显式拥塞通知。',
  ),
  'ecn.echo': rule(
    'RFC 3168 §6.1.3',
    'A router marked the packet; the mark is echoed until the sender confirms.',
    '路由器对报文段做了标记，接收端持续回显直至发送端确认。',
  ),
  'ecn.reduce': rule(
    'RFC 3168 §6.1.2',
    'The peer echoes congestion, so the window is halved once.',
    '对端回显拥塞，窗口减半一次。',
  ),
  'net.forge': rule(
    'scenario',
    'This segment was made by hand: no endpoint sent it.',
    '该报文段是人为构造的，并非任何一端发出。',
  ),
  'net.release': rule('scenario', 'The held segment is let go.', '被扣留的报文段被放行。'),
  'net.hold': rule(
    'scenario',
    'The segment is held in the network until it is released.',
    '该报文段被扣留在网络中，直到放行。',
  ),
  'net.cut': rule(
    'scenario',
    'The cable is cut: whatever is sent now is lost.',
    '线缆被切断：此后发送的一切都会丢失。',
  ),
  'net.edit': rule('scenario', 'The segment was changed on its way.', '该报文段在途中被修改。'),
  'net.mark': rule(
    'RFC 3168 §5',
    'A router is congested and marks the packet instead of dropping it.',
    '路由器发生拥塞，对报文段做标记而不是丢弃。',
  ),
  'net.refuse': rule(
    'RFC 792, RFC 1191',
    'A router cannot pass this packet on; it throws it away and tells the sender why.',
    '路由器无法转发该报文段，将其丢弃并告知发送方原因。',
  ),
  'net.host-down': rule(
    'scenario',
    'The machine is down, so nobody receives this segment.',
    '主机已宕机，无人接收该报文段。',
  ),
  'net.third-silent': rule(
    'scenario',
    'The address belongs to nobody who answers; the segment vanishes.',
    '该地址无人应答，报文段就此消失。',
  ),
  'net.third-reset': rule(
    'RFC 9293 §3.10.7.1',
    'The owner of this address never asked for a connection and answers with a reset.',
    '该地址的主人从未请求过连接，回以 RST。',
  ),
  'udp.bound': rule(
    'RFC 768',
    'The application takes datagrams on this port. There is no connection to set up and no state.',
    '应用在此端口上接收数据报。无需建立连接，也没有状态。',
  ),
  'udp.sent': rule(
    'RFC 768',
    'One datagram leaves, and that is all: nothing is kept, no timer runs, nobody will acknowledge it.',
    '发出一个数据报，仅此而已：不保存副本，没有定时器，也不会有人确认。',
  ),
  'udp.delivered': rule(
    'RFC 768',
    'The datagram goes to the application as it came. Whether one before it was lost, nobody knows.',
    '数据报到达即原样交给应用。之前是否丢失过，无人知晓。',
  ),
  'udp.nobody': rule(
    'RFC 768, RFC 1122 §4.1.3.1',
    'Nobody takes datagrams on this port; it is thrown away. (ICMP may say so, but sendto() has returned long ago.)',
    '该端口上无人接收数据报，予以丢弃。（ICMP 或许会通知，但 sendto() 早已返回。）',
  ),
} as const satisfies Record<string, Rule>;

/** The id of a rule, for example 'listen.syn-accept'. */
export type RuleId = keyof typeof rules;

/** All ids, in the order of the table. */
export const ruleIds = Object.keys(rules) as readonly RuleId[];
