import type { ReactElement } from 'react';
import { ladder, wideLadder } from '../../view/ladder.ts';
import { wire } from '../../view/wire.ts';
import { Pane } from './pane.tsx';
import type { PanelProps } from './panel.ts';

/** The wire, as a ladder where there is room and `v` has not asked for the list. */
export function Wire({ scene, look, width, height, last }: PanelProps): ReactElement {
  const asLadder = width >= wideLadder && scene.session.wireView === 'ladder';
  return <Pane lines={(asLadder ? ladder : wire)(scene, look, width, height)} last={last} look={look} />;
}
