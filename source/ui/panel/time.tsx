import type { ReactElement } from 'react';
import { timeLine } from '../../view/time-line.ts';
import { Pane } from './pane.tsx';
import type { PanelProps } from './panel.ts';

/** The time line with its decisions. */
export function Time({ scene, look, width, height, last }: PanelProps): ReactElement {
  return <Pane lines={timeLine(scene, look, width, height)} last={last} look={look} />;
}
