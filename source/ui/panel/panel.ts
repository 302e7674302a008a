// What every panel is given, and the list of all panels in the order of Tab.

import type { ReactElement } from 'react';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';

/** A panel draws its view into this room (cells inside the frame) and owns nothing. */
export interface PanelProps {
  readonly scene: Scene;
  readonly look: Look;
  readonly width: number;
  readonly height: number;
  /** Whether it stands at the right edge. */
  readonly last: boolean;
  /** Whether it has the screen for itself. */
  readonly zoomed: boolean;
}

/** One panel: how it is titled and drawn. */
export interface Panel {
  readonly caption: (scene: Scene, look: Look) => string;
  readonly Body: (props: PanelProps) => ReactElement;
}
