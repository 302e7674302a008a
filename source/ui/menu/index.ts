// The menu of a dialog, by the session's one union of dialogs.

import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { askMenu } from './ask.ts';
import { branchesMenu } from './branches.ts';
import { breaksMenu } from './breaks.ts';
import { differenceMenu } from './difference.ts';
import { drillMenu } from './drill.ts';
import { editMenu } from './edit.ts';
import { handbookMenu } from './handbook.ts';
import { hostMenu } from './host.ts';
import { injectMenu } from './inject.ts';
import { marksMenu } from './marks.ts';
import type { Menu } from './menu.ts';
import { notesMenu } from './notes.ts';
import { optionsMenu } from './options.ts';
import { paletteMenu } from './palette.ts';
import { profilesMenu } from './profiles.ts';
import { challengesMenu, quizMenu } from './quiz.ts';
import { scenariosMenu } from './scenarios.ts';
import { segmentMenu } from './segment.ts';
import { shareMenu } from './share.ts';
import { socketsMenu } from './sockets.ts';
import { toolMenu } from './tool.ts';
import { waysMenu } from './ways.ts';

/** The menu that lies over the screen; null where there is none, or what it is about is no longer there. */
export function menuOf(scene: Scene, look: Look): Menu | null {
  const { dialog } = scene.session;
  switch (dialog.kind) {
    case 'none':
    case 'help':
      return null;
    case 'segment':
      return segmentMenu(scene, look, dialog.flight, dialog.line);
    case 'edit':
      return editMenu(scene, look, dialog.flight, dialog.line);
    case 'inject':
      return injectMenu(scene, look, dialog.to, dialog.line);
    case 'host':
      return hostMenu(scene, look, dialog.host, dialog.line);
    case 'options':
      return optionsMenu(scene, look, dialog.host, dialog.line);
    case 'breaks':
      return breaksMenu(scene, look, dialog.line);
    case 'mark':
    case 'jump':
      return marksMenu(scene, look, dialog.kind, dialog.line);
    case 'branches':
      return branchesMenu(scene, look, dialog.line);
    case 'profiles':
      return profilesMenu(scene, look, dialog.line);
    case 'difference':
      return differenceMenu(scene, look, dialog.left, dialog.right, dialog.line);
    case 'sockets':
      return socketsMenu(scene, look, dialog.line);
    case 'notes':
      return notesMenu(scene, look, dialog.line);
    case 'handbook':
      return handbookMenu(scene, look, dialog.shelf, dialog.text, dialog.line);
    case 'quiz':
      return quizMenu(scene, look, dialog.answer, dialog.line);
    case 'drill':
      return drillMenu(scene, look, dialog.place, dialog.shown, dialog.line);
    case 'ways':
      return waysMenu(scene, look, dialog.line);
    case 'tool':
      return toolMenu(scene, look, dialog.tool, dialog.host, dialog.line);
    case 'challenges':
      return challengesMenu(scene, look, dialog.line);
    case 'share':
      return shareMenu(scene, look);
    case 'ask':
      return askMenu(scene, look, dialog.question, dialog.text, dialog.line);
    case 'palette':
      return paletteMenu(scene, look, dialog.text, dialog.line);
    case 'scenarios':
      return scenariosMenu(scene, look, dialog.text, dialog.typing, dialog.line);
  }
}
