// What lies over the screen: help, or a menu.

import type { ReactElement } from 'react';
import type { Look } from '../../view/look.ts';
import type { Scene } from '../../view/scene.ts';
import { menuOf } from '../menu/index.ts';
import { Help } from './help.tsx';
import { MenuDialog } from './menu.tsx';

/** What a dialog is given. */
export interface DialogProps {
  readonly scene: Scene;
  readonly look: Look;
  readonly columns: number;
  /** Rows that may be drawn. */
  readonly rows: number;
}

/** The dialog of the session; null where there is none. */
export function Dialogs(props: DialogProps): ReactElement | null {
  const { scene, look, columns, rows } = props;
  const { dialog } = scene.session;
  if (dialog.kind === 'help') return <Help {...props} all={dialog.all} page={dialog.page} />;
  const menu = menuOf(scene, look);
  return menu === null ? null : <MenuDialog menu={menu} look={look} columns={columns} rows={rows} />;
}
