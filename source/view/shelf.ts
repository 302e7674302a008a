// The list of scenarios: one line each, grouped, in the language of the screen.

import type { Shelf } from '../session/session.ts';
import { cell, exactly, span, textOf } from './line.ts';
import type { Look } from './look.ts';

/** One line of the list: group (named once), `*` where it has been gone through, id, minutes and title. */
export interface ShelfLine {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly about: string;
}

/** Cells of an id at most: that of somebody's own file may be of any length. */
const longest = 23;

/** The scenarios in whose id, group or title every word of `filter` occurs. */
export function shelfLines(shelves: Iterable<Shelf>, filter: string, look: Look): readonly ShelfLine[] {
  const { words, ruler, glyphs } = look;
  const wanted = filter.trim().toLowerCase().split(/\s+/);
  const found = [...shelves].filter(({ subject: { id, group, title } }) => {
    const text = [id, group, words.group(group), title.en, title.zh].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  const order = [...new Set(found.map(({ subject }) => subject.group))];
  const grouped = order.flatMap((name) => found.filter(({ subject }) => subject.group === name));
  const ids = Math.max(8, ...found.map(({ subject }) => Math.min(longest, ruler(subject.id)))) + 2;
  const groups = Math.max(6, ...found.map(({ subject }) => ruler(words.group(subject.group)))) + 2;
  const minutes = Math.max(0, ...found.map(({ subject }) => ruler(words.minutes(subject.minutes)))) + 2;
  let group = '';
  return grouped.map(({ subject, done = false }) => {
    const named = subject.group === group ? '' : words.group(subject.group);
    group = subject.group;
    return {
      id: subject.id,
      title: subject.title[words.language],
      about: subject.about[words.language],
      label: [
        cell(named, groups, ruler),
        cell(done ? '*' : '', 2, ruler),
        textOf(exactly([span(subject.id)], ids - 2, ruler, glyphs.ellipsis)),
        '  ',
        cell(words.minutes(subject.minutes), minutes, ruler),
        subject.title[words.language],
      ].join(''),
    };
  });
}
