// The config file: what is wrong in it is told with its place, and the rest is used.
import { describe, expect, it } from 'vitest';
import { configFrom, folderOf, readConfig } from '../../source/cli/config.ts';

describe('a config file', () => {
  it('lays down language, glyphs, profile, tour and keys', () => {
    const config = configFrom(
      '{"lang":"zh","glyphs":"ascii","profile":"linux","tour":false,"esc-timeout":60,"low-bandwidth":true,"keys":{"drop":["X"]}}',
      'config.json',
    );
    expect(config).toMatchObject({
      language: 'zh',
      glyphs: 'ascii',
      profile: 'linux',
      tour: false,
      escapeTimeout: 60,
      lowBandwidth: true,
      complaints: [],
    });
    expect(config.keys['drop']).toEqual(['X']);
  });

  it('says nothing where it is empty', () => {
    expect(configFrom('{}', 'config.json')).toEqual({
      language: null,
      glyphs: null,
      profile: null,
      tour: true,
      escapeTimeout: null,
      lowBandwidth: false,
      keys: {},
      found: true,
      complaints: [],
    });
  });

  it.each([
    ['{"lang": "en",', 'config.json:1:15: expected JSON'],
    ['{\n  "lang": en\n}', 'config.json:2:11: expected JSON'],
    ['[]', 'expected an object'],
    ['{"lang":"eng"}', 'lang: expected en, zh, found "eng"; did you mean en?'],
    ['{"glyphs":5}', 'glyphs: expected auto, unicode, ascii, found "5"'],
    ['{"profile":"linus"}', 'did you mean linux?'],
    ['{"langauge":"en"}', 'no setting "langauge"'],
    ['{"tour":"no"}', 'tour: expected true or false'],
    ['{"esc-timeout":"50"}', 'esc-timeout: expected milliseconds from 0 to 5000'],
    ['{"low-bandwidth":"yes"}', 'low-bandwidth: expected true or false'],
    ['{"esc-timeout":-1}', 'esc-timeout: expected milliseconds from 0 to 5000'],
    ['{"keys":{"dorp":["x"]}}', 'keys.dorp: no such action; did you mean drop?'],
    ['{"lang":"\\u001b[31m"}', 'found "?[31m"'],
  ])('%s is told, and the rest is as usual', (text, complaint) => {
    const { complaints, glyphs } = configFrom(text, 'config.json');
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(complaint);
    expect(complaints[0]).not.toMatch(/\p{Cc}/u);
    expect(glyphs).toBeNull();
  });

  it('keeps what is right beside what is wrong', () => {
    const config = configFrom('{"lang":"zh","profile":"nothing"}', 'config.json');
    expect([config.language, config.profile, config.complaints.length]).toEqual(['zh', null, 1]);
  });

  it('that does not exist is as good as an empty one', () => {
    expect(readConfig({ XDG_CONFIG_HOME: '/nowhere/at/all' }).complaints).toEqual([]);
  });
});

describe('the folders', () => {
  it('are those of the XDG base directory specification', () => {
    expect(folderOf('config', { XDG_CONFIG_HOME: '/x/config' })).toBe('/x/config/tcpstep');
    expect(folderOf('state', { XDG_STATE_HOME: '/x/state' })).toBe('/x/state/tcpstep');
  });

  it('ignore a relative path, as the specification asks for', () => {
    expect(folderOf('config', { XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/tcpstep$/);
    expect(folderOf('state', {})).toMatch(/\/\.local\/state\/tcpstep$/);
  });
});
