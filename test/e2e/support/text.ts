import { translate, type Language, type MessageKey } from '../../../src/i18n';
import { plainMath } from '../../../src/ui/charts/MathText';

/** A text of the page as a screen reader reads it. */
export function text(
  key: MessageKey,
  params: Readonly<Record<string, string | number>> = {},
  language: Language = 'en',
): string {
  return plainMath(translate(language, key, params));
}

/** The part of a text before its first parameter or markup: enough to find an element by. */
export function beginning(key: MessageKey, language: Language = 'en'): string {
  return translate(language, key).split(/[{*_]/u)[0]!.trim();
}
