// What lies over the screen, by the session's one union of dialogs.

import type { ReactElement } from 'react';
import type { Intent } from '../../session/intent.ts';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { DelayPrompt } from './delay.tsx';
import { GoTo } from './go-to.tsx';
import { Help } from './help.tsx';
import { ScenarioList } from './scenarios.tsx';
import { SegmentMenu } from './segment.tsx';

/** What a dialog is given. */
export interface DialogProps {
  readonly scene: Scene;
  readonly look: Look;
  readonly columns: number;
  /** Rows that may be drawn. */
  readonly rows: number;
  readonly dispatch: (intent: Intent) => void;
  /** Opens a scenario by its id. */
  readonly open: (id: string) => void;
}

/** The dialog of the session; null where there is none. */
export function Dialogs(props: DialogProps): ReactElement | null {
  const { dialog } = props.scene.session;
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'help':
      return <Help {...props} all={dialog.all} />;
    case 'segment':
      return <SegmentMenu {...props} flight={dialog.flight} />;
    case 'delay':
      return <DelayPrompt {...props} flight={dialog.flight} text={dialog.text} />;
    case 'go-to':
      return <GoTo {...props} text={dialog.text} />;
    case 'scenarios':
      return <ScenarioList {...props} text={dialog.text} />;
    case 'host':
    case 'branches':
      return null;
  }
}
