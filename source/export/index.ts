// The one list of formats that a session can be exported to.

import { courseOf, type Exhibit, titleOf } from './exhibit.ts';
import { html } from './html.ts';
import { jsonLines } from './json.ts';
import { ladder } from './ladder.ts';
import { ladderPicture } from './ladder-picture.ts';
import { mermaid } from './mermaid.ts';
import { packetdrill } from './packetdrill.ts';
import { pcapng } from './pcapng.ts';
import { moving, still } from './picture.ts';
import { reelOf } from './shots.ts';
import { tape } from './tape.ts';
import { transcript } from './transcript.ts';

/** One format. */
export interface Format {
  /** As it is named behind `--to`. */
  readonly name: string;
  /** Usual ending of its files, without the dot. */
  readonly extension: string;
  /** What it is for, in half a line. */
  readonly about: string;
  /** Octets of a binary format, or text that ends in a line end. */
  readonly render: (exhibit: Exhibit) => string | Uint8Array | Promise<string>;
}

/** Every format, in the order of the help. */
export const formats: readonly Format[] = [
  { name: 'transcript', extension: 'txt', about: 'what happened and why, line by line', render: transcriptOf },
  { name: 'json', extension: 'jsonl', about: 'the same for programs, one object per event', render: jsonOf },
  { name: 'ladder', extension: 'txt', about: 'ladder diagram in plain text', render: ladder },
  { name: 'svg', extension: 'svg', about: 'ladder diagram as a picture', render: ladderPicture },
  { name: 'mermaid', extension: 'mmd', about: 'sequence diagram for Mermaid', render: mermaid },
  { name: 'screen', extension: 'svg', about: 'the screen of the debugger as a picture', render: screenOf },
  { name: 'animation', extension: 'svg', about: 'the recording as a moving picture', render: animationOf },
  { name: 'html', extension: 'html', about: 'the recording as a web page, with chapters', render: html },
  { name: 'tape', extension: 'tape', about: 'script for VHS, which makes GIFs and videos', render: tape },
  { name: 'pcapng', extension: 'pcapng', about: 'capture for Wireshark: what each end saw, and why', render: pcapng },
  { name: 'packetdrill', extension: 'pkt', about: 'script that puts one end to a real kernel', render: packetdrill },
];

function transcriptOf(exhibit: Exhibit): string {
  return text(transcript(courseOf(exhibit), untilOf(exhibit), exhibit.session.captions));
}

function jsonOf(exhibit: Exhibit): string {
  return text(jsonLines(courseOf(exhibit), untilOf(exhibit)));
}

async function screenOf({ session, moment, studio, look }: Exhibit): Promise<string> {
  return still(await studio.screen(moment), titleOf(session, look));
}

async function animationOf(exhibit: Exhibit): Promise<string> {
  const { session, studio, look } = exhibit;
  const reel = reelOf(exhibit);
  return moving(await studio.film(reel), reel.duration, titleOf(session, look));
}

function text(lines: Iterable<string>): string {
  return `${[...lines].join('\n')}\n`;
}

// The time of the last event; null where nothing comes after it.
function untilOf(exhibit: Exhibit): number | null {
  if (exhibit.extent === 'quiet') return null;
  return courseOf(exhibit).worldAt(exhibit.last).now;
}
