// A page that plays the recording: one file with everything in it, that works from a disk as from a server.

import { printCast } from './cast.ts';
import { type Exhibit, titleOf } from './exhibit.ts';
import { escaped } from './picture.ts';
import { reelOf } from './shots.ts';

/** The page, ending in a line end. */
export async function html(exhibit: Exhibit): Promise<string> {
  const { session, studio, look } = exhibit;
  const { subject } = session;
  const language = look.words.language;
  const cast = await studio.cast(reelOf(exhibit), exhibit);
  const { script, style } = await studio.player();
  const markers = cast.events.filter(({ kind }) => kind === 'marker');
  const chapters = markers.map(
    ({ at, text }, index) =>
      `<li><button type="button" data-marker="${index}"><time>${clock(at)}</time> ${escaped(text)}</button></li>`,
  );
  const heading = titleOf(session, look);
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; font-src data:; img-src data:; connect-src data: blob:">
<title>${escaped(heading)}</title>
<style>${style}</style>
<style>${pageStyle}</style>
</head>
<body>
<h1>${escaped(heading)}</h1>
<p>${escaped(subject.about[language])}</p>
<div id="player"></div>
<h2>${chapterHeading[language]}</h2>
<ol>
${chapters.join('\n')}
</ol>
<script type="application/x-asciicast" id="cast">${embedded(JSON.stringify(printCast(cast, 2)))}</script>
<!-- asciinema-player, Apache License 2.0, https://github.com/asciinema/asciinema-player -->
<script>${closedOff(script)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

const chapterHeading = { en: 'Chapters', zh: '章节' } as const;

const pageStyle = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}',
  'h1{font-size:1.4rem}h2{font-size:1.1rem}',
  'ol{padding:0;list-style:none;columns:2 24rem}',
  'button{font:inherit;text-align:left;background:none;border:0;padding:.15rem 0;cursor:pointer;color:inherit}',
  'button:hover,button:focus-visible{text-decoration:underline}',
  'time{font-variant-numeric:tabular-nums;opacity:.6;margin-right:.4rem}',
].join('');

const pageScript = `
const cast = JSON.parse(document.getElementById('cast').textContent);
window.player = AsciinemaPlayer.create({ data: cast }, document.getElementById('player'), {
  fit: 'width', preload: true, controls: true, keystrokeOverlay: true,
});
// A poster would do the same, but the player (3.17) loses the first screen when it is then told to seek.
player.seek(0);
for (const button of document.querySelectorAll('[data-marker]')) {
  button.addEventListener('click', () => player.seek({ marker: Number(button.dataset.marker) }));
}
`;

function clock(at: number): string {
  const seconds = Math.floor(at / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

// Inside of a script element only its end tag and comments mean something.
function embedded(text: string): string {
  return text.replaceAll('<', '\\u003c');
}

function closedOff(script: string): string {
  return script.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}
