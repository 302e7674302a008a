// The languages of everything but states, flags and field names.

/** English, Simplified Chinese. */
export type Language = 'en' | 'zh';

/** A text in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;
