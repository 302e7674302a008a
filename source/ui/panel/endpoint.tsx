import type { ReactElement } from 'react';
import { endpoint } from '../../view/endpoint.ts';
import { Pane } from './pane.tsx';
import type { PanelProps } from './panel.ts';

/** The client's pane. */
export function Client({ scene, look, width, height, last }: PanelProps): ReactElement {
  return <Pane lines={endpoint(scene, 0, look, width, height)} last={last} look={look} />;
}

/** The server's pane. */
export function Server({ scene, look, width, height, last }: PanelProps): ReactElement {
  return <Pane lines={endpoint(scene, 1, look, width, height)} last={last} look={look} />;
}
