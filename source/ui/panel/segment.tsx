import type { ReactElement } from 'react';
import { segment } from '../../view/segment.ts';
import { Pane } from './pane.tsx';
import type { PanelProps } from './panel.ts';

/** The header of the selected segment. */
export function Segment({ scene, look, width, height, last }: PanelProps): ReactElement {
  return <Pane lines={segment(scene, look, width, height)} last={last} look={look} />;
}
