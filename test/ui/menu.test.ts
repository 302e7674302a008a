// The menus: what they offer, what they do, and the line of a scenario that each entry makes.
import { describe, expect, it } from 'vitest';
import { handbook } from '../../source/cli/handbook.ts';
import { shelves } from '../../source/cli/library.ts';
import { examples } from '../../source/session/command.ts';
import { scenarioList } from '../../source/session/dialog.ts';
import { phrase } from '../../source/session/print.ts';
import { readPhrase } from '../../source/session/read.ts';
import { decisionsOf, type Session, selected, timelineOf, worldOf } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { menuOf } from '../../source/ui/menu/index.ts';
import type { Menu } from '../../source/ui/menu/menu.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { typed } from '../support/keyboard.ts';
import { opened, press, statesOf } from '../support/sessions.ts';

const menuAfter = (session: Session, keys: string): Menu => {
  const after = typed(session, keys);
  const menu = menuOf(sceneOf(after), lookOf(after));
  if (menu === null) throw new Error(`no menu after ${keys}`);
  return menu;
};

const labels = (menu: Menu): readonly string[] => menu.items.map((item) => item.label);
const noteOf = (menu: Menu, label: string): string | undefined => menu.items.find((item) => item.label === label)?.note;
const last = (session: Session): string => phrase(decisionsOf(session).at(-1)?.decision.action ?? readPhrase('cut'));

const flying = press(opened('hs-basic'), 'forward');
const established = press(opened('hs-basic'), 'end');

describe('the menu of a host', () => {
  it('is that of the focused end, the client without one, and Tab goes to the other', () => {
    expect(menuAfter(flying, 'a').title).toContain('CLIENT');
    expect(menuAfter(flying, '3 a').title).toContain('SERVER');
    expect(menuAfter(flying, 'a tab').title).toContain('SERVER');
  });

  it('tells for each entry the line of a scenario that it makes', () => {
    const menu = menuAfter(established, '3 a');
    for (const { note, intents } of menu.items) {
      if (intents === null || !intents.some((one) => one.do === 'decide')) continue;
      expect(phrase(readPhrase(note))).toBe(note);
    }
    expect(noteOf(menu, 'close')).toBe('server close');
  });

  it('says why an entry is off', () => {
    expect(noteOf(menuAfter(flying, 'a'), 'accept')).toBe('off: there is no such socket');
    const crashed = press(flying, 'client crash');
    expect(noteOf(menuAfter(crashed, 'a'), 'send ...')).toBe('off: the host is down');
    expect(noteOf(menuAfter(crashed, 'a'), 'host starts again')).toBe('client boot');
  });

  it.each([
    ['connect once more', 'client connect as b'],
    ['shutdown: send no more', 'client shutdown'],
    ['abort: RST', 'client abort'],
    ['process dies, kernel lives', 'client kill'],
    ['host crashes', 'client crash'],
    ['cut the cable', 'cut'],
  ])('%s decides %s', (label, words) => {
    const place = labels(menuAfter(established, 'a')).indexOf(label);
    const after = typed(established, `a ${'down '.repeat(place)}enter`);
    expect(last(after)).toBe(words);
    expect(after.dialog.kind).toBe('none');
  });

  it('asks how much to send, and sends it', () => {
    const place = labels(menuAfter(established, 'a')).indexOf('send ...');
    const asked = typed(established, `a ${'down '.repeat(place)}enter`);
    expect(last(typed(asked, 'enter'))).toBe('client send 5');
    expect(last(typed(asked, 'down enter'))).toBe('client send 100');
    expect(last(typed(asked, '"500" enter'))).toBe('client send 500');
    const sent = typed(asked, '"500_urgent" enter');
    expect(last(sent)).toBe('client send 500 urgent');
  });

  it('does not take what cannot be read: it says what was expected', () => {
    const place = labels(menuAfter(established, 'a')).indexOf('send ...');
    const asked = typed(established, `a ${'down '.repeat(place)}enter "five" enter`);
    expect(asked.dialog.kind).toBe('ask');
    expect(menuAfter(asked, '').asked?.error).toContain('a number of octets');
  });

  it('shows the options of the socket with their values, and changes them', () => {
    const place = labels(menuAfter(established, 'a')).indexOf('socket options ...');
    const options = typed(established, `a ${'down '.repeat(place)}enter`);
    expect(labels(menuAfter(options, ''))[0]).toBe('nodelay  off');
    const set = typed(options, 'enter');
    expect(last(set)).toBe('client set nodelay');
    expect(labels(menuAfter(set, `a ${'down '.repeat(place)}enter`))[0]).toBe('nodelay  on');
  });

  it('cuts the cable and mends it', () => {
    const cut = press(established, 'cut');
    expect(labels(menuAfter(cut, 'a'))).toContain('mend the cable');
  });
});

describe('forged segments', () => {
  // RFC 9293 section 3.10.7.4: RCV.NXT is 101 at the server of hs-basic, its window 65,535. A reset leaves its listener.
  it.each([
    ['RST, exact', 'forge from client RST seq=101', 'LISTEN'],
    ['RST inside the window', 'forge from client RST seq=111', 'ESTABLISHED'],
    ['RST one before the window', 'forge from client RST seq=100', 'ESTABLISHED'],
    ['FIN,ACK that fits', 'forge from client FIN,ACK seq=101 ack=301', 'CLOSE-WAIT'],
    ['FIN without ACK', 'forge from client FIN seq=101', 'ESTABLISHED'],
    ['old duplicate SYN', 'forge from client SYN seq=90', 'ESTABLISHED'],
  ])('%s is %s and leaves the server in %s', (label, words, state) => {
    const place = labels(menuAfter(established, 'i')).indexOf(label);
    const injected = typed(established, `i ${'down '.repeat(place)}enter`);
    expect(last(injected)).toBe(words);
    expect(statesOf(press(injected, 'forward'))[1]).toBe(state);
  });

  it('can be made for the client', () => {
    expect(menuAfter(established, 'i tab').items[0]?.note).toBe('forge from server RST seq=301');
    expect(menuAfter(established, '1 i').items[0]?.note).toBe('forge from server RST seq=301');
  });

  it('can be changed before they are sent', () => {
    const changed = typed(established, 'i e backspace backspace backspace "99" enter');
    expect(last(changed)).toBe('forge from client RST seq=99');
  });
});

describe('editing a segment', () => {
  it('changes a field of the selected one', () => {
    const edited = typed(flying, 'e down enter "90" enter');
    expect(last(edited)).toBe('edit #1 seq=90');
    expect(selected(edited)?.flight.segment.seq).toBe(90);
  });

  it('changes its flags', () => {
    const edited = typed(flying, 'e enter "RST" enter');
    expect(last(edited)).toBe('edit #1 RST');
  });

  it('corrupts and marks it, and lets a router refuse it', () => {
    const place = (label: string): number => labels(menuAfter(flying, 'e')).indexOf(label);
    expect(last(typed(flying, `e ${'down '.repeat(place('corrupt one octet'))}enter`))).toBe('corrupt #1');
    expect(last(typed(flying, `e ${'down '.repeat(place('mark congestion (CE)'))}enter`))).toBe('mark #1');
    const large = typed(flying, `e ${'down '.repeat(place('a router refuses it: too large ...'))}enter enter`);
    expect(last(large)).toBe('refuse #1 mtu 600');
    expect(worldOf(large).wire.flights.size).toBe(0);
  });
});

describe('the palette', () => {
  it('puts what has the letters in one piece before what has them somewhere, and leaves by no accident', () => {
    expect(menuAfter(flying, ': "ports"').items[0]?.label).toBe('port 443');
    // The letters of "stop playing, or quit", but not those of somebody who wants to leave.
    expect(labels(menuAfter(flying, ': "ports"'))).not.toContain('stop playing, or quit');
    expect(typed(flying, ': "ports" enter').over).toBe(false);
    expect(typed(flying, ': "quit" enter').over).toBe(true);
  });

  it('finds an action by some of its letters, with its key', () => {
    expect(menuAfter(flying, ': "drp"').items[0]).toMatchObject({ label: 'drop it', note: 'x' });
    expect(menuAfter(flying, 'ctrl-p "undo"').items[0]?.note).toBe('off: no decision of yours to undo');
  });

  it('does what is chosen', () => {
    expect(last(typed(flying, ': "drop_it" enter'))).toBe('drop #1');
    expect(typed(flying, ': "zoom" enter').zoomed).toBe(true);
  });

  it('takes decisions in the language of scenarios', () => {
    expect(last(typed(established, ': "client_send_5" enter'))).toBe('client send 5');
    expect(last(typed(flying, ': "drop_nth_2_from_server" enter'))).toBe('drop nth 2 from server');
    expect(last(typed(flying, ': "drop_50%_seed_7_for_10s" enter'))).toBe('drop 50% seed 7 for 10s');
  });

  it('names the nearest word where it understands none', () => {
    expect(menuAfter(flying, ': "client_sned_5"').asked?.error).toContain('did you mean send?');
    expect(typed(flying, ': "client_sned_5" enter').dialog.kind).toBe('palette');
  });

  it('shows lines that go on as what has been typed, each of which can be decided', () => {
    const labels = (keys: string): readonly string[] => menuAfter(flying, keys).items.map((item) => item.label);
    expect(labels(': "drop_"').slice(0, 3)).toEqual([
      'drop nth 2 from server',
      'drop 50% seed 7 for 10s',
      'drop where flags=FIN',
    ]);
    expect(labels(': "break_server"')).toEqual(['break server enters TIME-WAIT']);
    for (const example of examples) {
      expect(phrase(readPhrase(example)), example).not.toBe('');
      const [verb = ''] = example.split(' ');
      expect(labels(`: "${verb}_"`), example).toContain(example);
    }
  });

  it('says why a decision would change nothing', () => {
    expect(menuAfter(flying, ': "drop_#7"').items[0]).toMatchObject({
      note: 'off: there is no such segment',
      intents: null,
    });
  });

  it('begins a decision', () => {
    const begun = typed(flying, ': "forge" enter');
    expect(begun.dialog).toMatchObject({ kind: 'palette', text: 'forge ' });
  });
});

describe('the list of scenarios', () => {
  const { subject } = flying;
  const one = [{ subject, profiles: ['rfc9293'], start: { ...startOf() } }];

  function startOf() {
    const { profile, setting, captions } = flying;
    return { subject, profile, setting, captions, decisions: [], opening: { position: 0, at: 0 }, ways: [] };
  }

  it('is filtered by typing and opened by Enter', () => {
    const list = typed({ ...flying, shelves: one }, 's');
    expect(menuAfter(list, '').items).toHaveLength(1);
    expect(menuAfter(list, '"nothing"').items).toHaveLength(0);
    const chosen = typed(list, '"hs-b" enter');
    expect(chosen.dialog.kind).toBe('none');
    expect(chosen.cursor).toEqual({ index: 0, at: 0 });
  });
});

describe('the tree of branches', () => {
  const branched = press(opened('hs-basic'), 'forward', 'forward', 'forward', 'back', 'back', 'drop', 'forward');

  it('tells where each branch left and how it ends, and which one is shown', () => {
    const menu = menuAfter(branched, 'T');
    expect(labels(menu)).toEqual(['  main', '->   drop #1*  leaves at 0.000s']);
    expect(menu.items.map(({ note }) => note)).toEqual(['both ESTABLISHED at 0.150s', 'both ESTABLISHED at 1.150s']);
  });

  it('leads to a branch, compares it, and gives it another name', () => {
    expect(typed(branched, 'T enter').current).toBe('main');
    expect(typed(branched, 'T d').dialog).toMatchObject({ kind: 'difference', right: { branch: 'main' } });
    expect(typed(branched, 'T down r "lost" enter').current).toBe('lost');
  });

  it('marks a branch on which an invariant is broken', () => {
    const menu = menuAfter(opened('why2-synack-lost'), 'T');
    expect(menu.items[0]?.note).toContain('BROKEN');
  });
});

describe('a comparison', () => {
  const compared = typed(
    press(opened('hs-basic'), 'forward', 'forward', 'forward', 'back', 'back', 'drop', 'forward'),
    ': "diff_main" enter',
  );

  it('opens at the first difference, and n goes to the next', () => {
    expect(menuAfter(compared, '').line).toBe(1);
    expect(menuAfter(compared, 'n').line).toBe(2);
    expect(menuAfter(compared, 'n N').line).toBe(1);
    expect(menuAfter(compared, 'up').line).toBe(0);
  });

  it('leads to an event of either branch', () => {
    expect(typed(compared, 'enter').current).toBe('drop #1');
    const there = typed(compared, 'n enter');
    expect([there.current, there.cursor.at]).toEqual(['main', 50_000]);
  });

  it('with another profile tells where it begins to differ, and goes on under it', () => {
    const menu = menuAfter(opened('data-lost'), 'P');
    expect(labels(menu).map((label) => label.split(' ')[0])).toEqual(['textbook', 'linux']);
    expect(typed(opened('data-lost'), 'P down enter').dialog).toMatchObject({ right: { profile: 'linux' } });
    expect(typed(opened('data-lost'), 'P down o').profile).toBe('linux');
  });
});

describe('the list of decisions', () => {
  it('switches the highlighted one off and on with the space bar or Enter', () => {
    const end = press(opened('syn-lost'), 'end');
    const off = typed(end, '7 down space');
    expect(decisionsOf(off).map(({ decision }) => decision.off)).toEqual([false, true]);
    expect(decisionsOf(typed(off, 'enter')).map(({ decision }) => decision.off)).toEqual([false, false]);
  });
});

describe('a question about the next step', () => {
  it('is asked before it is shown, and answered by going on', () => {
    const asked = typed(flying, 'Q');
    expect(menuAfter(asked, '').items).toHaveLength(4);
    // RFC 9293 section 3.10.7.2: a SYN at a listener makes SYN-RECEIVED.
    const right = labels(menuAfter(asked, '')).findIndex((label) => label.includes('SYN-RECEIVED'));
    const answered = typed(asked, `${right + 1}`);
    expect(answered.scores.quiz).toEqual({ asked: 1, right: 1 });
    expect(statesOf(answered)[1]).toBe('SYN-RECEIVED');
    // What decided it is told, and the next question follows; Escape shows the step.
    const solved = menuAfter(answered, '');
    expect(solved.lead.map(({ text }) => text)).toContain('right: SYN-RECEIVED');
    expect(solved.told?.map(({ text }) => text).join(' ')).toContain('[RFC 9293 3.10.7.2]');
    expect(typed(answered, 'enter').dialog).toMatchObject({ kind: 'quiz', answer: null });
    expect(typed(answered, 'esc').dialog.kind).toBe('none');
    const wrong = typed(asked, `${right === 0 ? 2 : 1}`);
    expect(wrong.scores.quiz).toEqual({ asked: 1, right: 0 });
    expect(menuAfter(wrong, '').lead.map(({ text }) => text)).toContain('no, it was: SYN-RECEIVED');
  });

  it('goes through a whole lesson, with a score, until nothing happens any more', () => {
    let session = typed(opened('close-4'), 'Q');
    for (let asked = 0; session.dialog.kind === 'quiz' && asked < 100; asked++) {
      const menu = menuAfter(session, '');
      if (menu.items.length === 0) break;
      session = typed(session, 'enter');
    }
    expect(session.scores.quiz.asked).toBeGreaterThan(5);
    expect(menuAfter(session, '').items).toEqual([]);
    expect(statesOf(session)).toEqual(['CLOSED', 'CLOSED']);
  });

  it('is not asked where nothing can be foreseen', () => {
    expect(menuAfter(established, 'Q').items).toEqual([]);
  });
});

describe('the handbook', () => {
  const reading = { ...opened('hs-basic'), handbook: handbook(), shelves: shelves(null) };

  it('answers questions, in English and Chinese, and leads to what shows the answer', () => {
    const menu = menuAfter(reading, 'K "why_three_handshakes"');
    expect(menu.items[0]?.label).toMatch(/three/);
    expect(menuAfter(reading, 'K "三次握手"').items.length).toBeGreaterThan(0);
    const there = typed(reading, 'K "why_three_handshakes" enter');
    expect([there.dialog.kind, there.subject.id]).toEqual(['none', menu.items[0]?.note]);
  });

  it('asks the interview questions, the nine of the long page first, and answers after one has thought', () => {
    const asked = typed(reading, ': "drill" enter');
    expect(asked.dialog).toMatchObject({ kind: 'drill', place: 0, shown: false });
    const texts = (session: typeof asked): string =>
      menuAfter(session, '')
        .lead.map(({ text }) => text)
        .join(' ');
    expect(texts(asked)).toMatch(/^Draw the three-way handshake/);
    expect(texts(asked)).not.toContain('SYN x');
    // First tried out, then come back to, then answered, then seen.
    const tried = typed(asked, 'down enter');
    expect([tried.dialog.kind, tried.cursor.index]).toEqual(['none', timelineOf(tried).openingIndex]);
    const back = typed(tried, ': "drill" enter');
    expect(back.dialog).toMatchObject({ kind: 'drill', place: 0, shown: false });
    const shown = typed(back, 'enter');
    expect(texts(shown)).toContain('SYN x');
    const seen = typed(shown, 'enter');
    expect([seen.dialog.kind, seen.subject.id]).toEqual(['none', 'hs-basic']);
    const items = menuAfter(shown, '').items;
    const knew = typed(shown, `${items.findIndex(({ label }) => label.startsWith('I knew')) + 1}`);
    // Whoever says so is believed: it is no answer to the questions about the next step, and does not count there.
    expect([knew.scores, knew.dialog]).toMatchObject([
      { drill: { asked: 1, right: 1 }, quiz: { asked: 0, right: 0 } },
      { kind: 'drill', place: 1, shown: false },
    ]);
    expect(texts(knew)).toMatch(/^Why three handshakes/);
  });

  it.each([
    ['word', 'time-wait', 'TIME-WAIT'],
    ['port', '443', '443'],
    ['claim', 'TIME-WAIT', 'TIME-WAIT'],
  ])('looks up a %s', (word, text, found) => {
    expect(menuAfter(reading, `: "${word}_${text}" enter`).items[0]?.label).toContain(found);
  });

  it('says so where there is nothing', () => {
    expect(menuAfter(reading, ': "port_99999" enter').asked?.error).toBe('nothing found');
  });
});

describe('a challenge', () => {
  it('begins in its scenario, and is done when it holds', () => {
    const reading = { ...opened('hs-basic'), shelves: shelves(null) };
    const taken = typed(reading, ': "challenge" enter down enter');
    expect([taken.challenge, taken.subject.id]).toEqual(['half-open', 'hs-basic']);
    const done = press(taken, 'end', 'server crash', 'server boot');
    expect(menuAfter(done, ': "challenge" enter').items[1]?.label).toContain('[*]');
    expect(menuAfter(taken, ': "challenge" enter').items[1]?.label).toContain('[ ]');
  });
});

describe('the step in plain words', () => {
  it('tells every reason as a whole sentence, with what it compared and where it stands', () => {
    const text = labels(menuAfter(press(flying, 'forward'), 'W')).join('\n');
    expect(text).toContain('A connection request arrived.');
    expect(text).toContain('SEG.SEQ 100');
    expect(text).toContain('RFC 9293 3.10.7.2');
  });
});

describe('the line that shares a session', () => {
  it('is shown, and printed when the session is left', () => {
    const session = typed({ ...press(flying, 'drop'), shelves: shelves(null) }, ': "share" enter');
    const text = menuAfter(session, '')
      .above.map((line) => line.map((span) => span.text).join(''))
      .join(' ');
    expect(text).toContain("tcpstep run hs-basic --do '0 drop #1'");
    expect(session.shared).toBe(true);
  });
});

describe('going on with the last session', () => {
  it('is the first entry of the list of scenarios', () => {
    const last = { id: 'syn-lost', session: press(opened('syn-lost'), 'forward', 'drop') };
    const list = typed({ ...flying, last, shelves: shelves(null) }, 's');
    expect(labels(menuAfter(list, ''))[0]).toBe('go on with syn-lost');
    expect(typed(list, 'enter').subject.id).toBe('syn-lost');
    expect(typed(list, 'enter').branches[0]?.timeline.decisions.length).toBe(
      last.session.branches[0]?.timeline.decisions.length,
    );
  });
});

describe('the first run', () => {
  const first = { ...opened('hs-basic'), tour: true };

  it('goes on while its prompts are followed, and ends with the last', () => {
    const open = typed(first, 'right right right right');
    expect(open.tour).toBe(true);
    const lost = typed(open, 'left left left x right');
    expect(lost.tour).toBe(true);
    expect(typed(lost, 'right').tour).toBe(false);
  });

  it('is left by any other key', () => {
    for (const key of ['?', 'a', 'G', 'z', ':']) expect(typed(first, key).tour).toBe(false);
    expect(typed(first, 'f').tour).toBe(true);
  });
});

describe('a lesson', () => {
  const reading = { ...opened('ack-lost'), handbook: handbook(), shelves: shelves(null) };

  it('leads on to the next one when it is over and PageDown is pressed twice', () => {
    let session: Session = reading;
    for (let presses = 0; presses < 20 && session.notice?.kind !== 'lesson-over'; presses++) {
      session = typed(session, 'pagedown');
    }
    expect([session.subject.id, session.notice]).toEqual(['ack-lost', { kind: 'lesson-over', next: 'ack-lost-data' }]);
    expect(typed(session, 'pagedown').subject.id).toBe('ack-lost-data');
    // Any other key in between, and it says so again.
    expect(typed(session, 'left pagedown').subject.id).toBe('ack-lost');
  });

  it('tells the words of the trade that occur at a step, and leads to lessons beside it', () => {
    const notes = menuAfter(reading, 'right right right right W');
    const texts = labels(notes);
    expect(texts.some((text) => text.startsWith('SYN-RECEIVED: '))).toBe(true);
    const place = texts.findIndex((text) => text.startsWith('Look at beside it: ack-lost-data'));
    expect(place).toBeGreaterThanOrEqual(0);
    expect(notes.items[place]?.intents).toEqual([{ do: 'choose-scenario', id: 'ack-lost-data' }]);
    const word = texts.findIndex((text) => text.startsWith('SYN-RECEIVED: '));
    expect(notes.items[word]?.intents).toMatchObject([{ dialog: { shelf: 'words', text: 'SYN-RECEIVED' } }]);
  });
});

describe('all lessons in the list', () => {
  const list: Session = { ...opened('hs-basic'), handbook: handbook(), shelves: shelves(null), dialog: scenarioList };

  it('is filtered by words in any order', () => {
    const found = labels(menuAfter(list, '"lost_third"'));
    expect(found.map((label) => /[a-z]+-[a-z-]+/.exec(label)?.[0])).toEqual([
      'ack-lost',
      'ack-lost-data',
      'ack-lost-for-good',
    ]);
  });

  it('takes a question for what it is, and opens the step that answers', () => {
    const asked = typed(list, '"what_happens_if_the_third_ACK_is_lost?"');
    expect(labels(menuAfter(asked, ''))[0]).toBe('What happens if the third ACK is lost?');
    const there = typed(asked, 'enter');
    expect([there.subject.id, statesOf(there)]).toEqual(['ack-lost', ['ESTABLISHED', 'SYN-RECEIVED']]);
  });

  it('marks what has been gone through', () => {
    const shelf = [...shelves(null)].map((one) => ({
      subject: one.subject,
      profiles: one.profiles,
      start: one.start,
      done: one.subject.id === 'ack-lost',
    }));
    const shown = labels(menuAfter({ ...list, shelves: shelf }, '"lost"'));
    expect(shown.filter((label) => / \* /.test(label))).toHaveLength(1);
    expect(shown.find((label) => / \* /.test(label))).toMatch(/ \* ack-lost +2 min +The third segment is lost$/);
  });
});

describe('a tour', () => {
  it('shows side by side what came of each way, and steps through the one that is chosen', () => {
    const tour = press(
      { ...opened('hs-basic'), shelves: shelves(null) },
      { do: 'choose-scenario', id: 'hs-each-lost' },
    );
    expect(tour.dialog).toEqual({ kind: 'ways', line: 0 });
    const menu = menuAfter(tour, '');
    expect(menu.items).toHaveLength(5);
    expect(menu.items[1]?.label).toMatch(/the SYN is lost +C SYN 1\.000 +ESTABLISHED 1\.100 +ESTABLISHED 1\.150/);
    expect(menuAfter(tour, 'down down').told?.map(({ text }) => text)).toEqual([
      'the SYN,ACK is lost',
      '6 segments sent. Sent again: CLIENT SYN 1.000s, SERVER SYN,ACK 1.050s.',
      'CLIENT ESTABLISHED 1.100s, SERVER ESTABLISHED 1.150s',
    ]);
    const there = typed(tour, 'down enter');
    expect([there.dialog.kind, there.current]).toEqual(['none', 'syn-lost']);
  });
});

describe('the tools', () => {
  it('print what either host would, one key from each other', () => {
    const session = typed(established, ': "ss" enter');
    expect(labels(menuAfter(session, ''))[0]).toMatch(/^State +Recv-Q Send-Q/);
    expect(labels(menuAfter(session, 'n'))[0]).toBe('Active Internet connections (servers and established)');
    expect(labels(menuAfter(session, 't'))[0]).toMatch(/^00:00:00\.050000 IP 10\.0\.0\.1\.40001 > /);
    expect(labels(menuAfter(session, 't tab'))[0]).toMatch(/^00:00:00\.000000 IP /);
    expect(menuAfter(established, 'S t').title).toMatch(/tcpdump -n$/);
  });
});
