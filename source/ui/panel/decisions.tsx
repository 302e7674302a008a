import type { ReactElement } from 'react';
import { decisionList } from '../../view/decision-list.ts';
import { Pane } from './pane.tsx';
import type { PanelProps } from './panel.ts';

/** The decisions of the branch. */
export function Decisions({ scene, look, width, height, last }: PanelProps): ReactElement {
  return <Pane lines={decisionList(scene, look, width, height)} last={last} look={look} />;
}
