// All panels, by pane.

import type { Pane } from '../../session/session.ts';
import { decisionsTitle } from '../../view/decision-list.ts';
import { endpointTitle } from '../../view/endpoint.ts';
import { segmentTitle } from '../../view/segment.ts';
import { wireTitle } from '../../view/wire.ts';
import { Decisions } from './decisions.tsx';
import { Client, Server } from './endpoint.tsx';
import type { Panel } from './panel.ts';
import { Segment } from './segment.tsx';
import { Time } from './time.tsx';
import { Why } from './why.tsx';
import { Wire } from './wire.tsx';

/** How each pane is titled and drawn. */
export const panels: Readonly<Record<Pane, Panel>> = {
  client: { caption: (scene, look) => endpointTitle(scene, 0, look), Body: Client },
  wire: { caption: wireTitle, Body: Wire },
  server: { caption: (scene, look) => endpointTitle(scene, 1, look), Body: Server },
  why: { caption: (_, look) => look.words.why, Body: Why },
  time: { caption: (_, look) => look.words.time, Body: Time },
  segment: { caption: segmentTitle, Body: Segment },
  decisions: { caption: decisionsTitle, Body: Decisions },
};
