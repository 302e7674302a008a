// The wire's pane: five views of it.

import { events } from '../../view/events.ts';
import { ladder, wideLadder } from '../../view/ladder.ts';
import type { Line } from '../../view/line.ts';
import type { Look } from '../../view/look.ts';
import { plot } from '../../view/plot.ts';
import type { Scene } from '../../view/scene.ts';
import { stateDiagram } from '../../view/state-diagram.ts';
import { wire } from '../../view/wire.ts';
import { hasRoom } from '../layout.ts';
import type { Room } from './index.ts';

/** The wire in the view that `v` has chosen, or as a list where there is too little room for that. */
export function wireLines(scene: Scene, look: Look, { width, height }: Room): readonly Line[] {
  const { wireView } = scene.session;
  if (!hasRoom(wireView, width, height)) return wire(scene, look, width, height);
  switch (wireView) {
    case 'ladder':
      return (width >= wideLadder ? ladder : wire)(scene, look, width, height);
    case 'list':
      return wire(scene, look, width, height);
    case 'events':
      return events(scene, look, width, height);
    case 'plot':
      return plot(scene, look, width, height);
    case 'states':
      return stateDiagram(scene, look, width, height);
  }
}
