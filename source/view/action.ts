// What a person or a scenario did, in the past tense and the language of the screen.

import { isAccident } from '../host/call.ts';
import { seconds } from '../session/time.ts';
import type { Action } from '../world/event.ts';
import { callText } from './call.ts';
import type { Look } from './look.ts';

/** `dropped #1 SYN`, `CLIENT app called connect()`. `name` gives a segment's name by its id. */
export function actionText(action: Action, look: Look, name: (flight: number) => string): string {
  const { words } = look;
  if (action.kind === 'call') {
    const who = words.party[action.host === 0 ? 'client' : 'server'];
    const { call } = action;
    if (!isAccident(call)) return words.called(who, callText(call));
    switch (call.do) {
      case 'kill':
        return words.killed(who);
      case 'crash':
        return words.crashed(who);
      case 'boot':
        return words.booted(who);
      case 'tune':
        return words.tuned(who);
    }
  }
  const { tamper } = action;
  switch (tamper.do) {
    case 'drop':
      return words.dropped(name(tamper.flight));
    case 'delay':
      return tamper.until === null
        ? words.held(name(tamper.flight))
        : words.delayed(name(tamper.flight), `${seconds(tamper.until)}s`);
    case 'release':
      return words.released(name(tamper.flight));
    case 'duplicate':
      return words.duplicated(name(tamper.flight));
    case 'swap':
      return words.swapped(name(tamper.flight));
    case 'edit':
      return words.edited(name(tamper.flight));
    case 'mark':
      return words.marked(name(tamper.flight));
    case 'refuse':
      return words.refusedByRouter(name(tamper.flight));
    case 'corrupt':
      return words.corrupted(name(tamper.flight));
    case 'forge':
      return words.forgedBy(words.party[tamper.from], (tamper.fields.ctl ?? []).join(','));
    case 'rule':
      return words.ruled(tamper.rule.do);
    case 'cut':
      return words.cut;
    case 'mend':
      return words.mended;
    case 'pace':
      return words.paced(`${seconds(tamper.by)} s`);
    case 'third':
      return words.thirdAnswers(tamper.answers);
  }
}
