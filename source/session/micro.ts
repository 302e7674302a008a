// Inside one event: its findings one by one, in the order in which the engine made them.

import { back, forward, momentOf, moved } from './move.ts';
import { entryOf, type Session, timelineOf } from './session.ts';

/** One finding on; behind the last one, to the first of the next event. */
export function microForward(session: Session): Session {
  const count = entryOf(session)?.step.findings.length ?? 0;
  if (session.micro !== null && session.micro + 1 < count) return { ...session, micro: session.micro + 1 };
  const after = forward(session);
  return after.cursor.index === session.cursor.index ? after : { ...after, micro: 0 };
}

/** One finding back; before the first one, to the last of the event before. */
export function microBack(session: Session): Session {
  const count = entryOf(session)?.step.findings.length ?? 0;
  const micro = (session.micro ?? count - 1) - 1;
  if (micro >= 0) return { ...session, micro };
  const { index } = session.cursor;
  const timeline = timelineOf(session);
  if (index <= timeline.openingIndex) return back(session);
  const before = moved(session, momentOf(timeline, index - 1));
  const findings = entryOf(before)?.step.findings.length ?? 0;
  return { ...before, micro: findings > 0 ? findings - 1 : null };
}
