import type { ReactElement } from 'react';
import { why } from '../../view/why.ts';
import { Pane } from './pane.tsx';
import type { PanelProps } from './panel.ts';

/** Why the last step went as it did. */
export function Why({ scene, look, width, height, last, zoomed }: PanelProps): ReactElement {
  return <Pane lines={why(scene, look, width, height, zoomed ? 'full' : 'fitting')} last={last} look={look} />;
}
