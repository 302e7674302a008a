// What the environment says about characters and language (POSIX, chapter 8.2 of the base definitions).

/** The characters a terminal is said to show, and the language of the texts. */
export type Locale = { readonly utf8: boolean; readonly language: 'en' | 'zh' };

/** The first of the variables that is set and not empty. */
const first = (env: Readonly<Record<string, string | undefined>>, names: readonly string[]): string =>
  names.map((name) => env[name]).find((value) => value !== undefined && value !== '') ?? 'C';

/** The locale of an environment. Without any variable it is POSIX: ASCII and English. */
export const localeOf = (env: Readonly<Record<string, string | undefined>>): Locale => ({
  utf8: /utf-?8/i.test(first(env, ['LC_ALL', 'LC_CTYPE', 'LANG'])),
  language: /^zh/i.test(first(env, ['LC_ALL', 'LC_MESSAGES', 'LANG'])) ? 'zh' : 'en',
});
