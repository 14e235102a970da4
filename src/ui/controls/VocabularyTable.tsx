import type { Vocabulary } from '../../tasks/task';
import { useText } from '../app/context';
import buttons from '../theme/buttons.module.css';
import styles from './Dialogs.module.css';

/** Which characters are kept, and how often each occurs. */
export function VocabularyTable({ vocabulary }: { readonly vocabulary: Vocabulary }) {
  const text = useText();
  const { characters, otherCount, distinct, length } = vocabulary;
  const name = (character: string) =>
    character === ' ' ? text('text.space') : character === '\n' ? text('text.newline') : character;
  return (
    <div>
      <p className={buttons.note}>{text('text.table', { count: length, distinct })}</p>
      <ul className={styles.vocabulary}>
        {characters.map(({ character, count }) => (
          <li key={character}>
            <b>{name(character)}</b> {count}
          </li>
        ))}
        {otherCount > 0 && (
          <li className={styles.other}>
            <b>{text('text.other')}</b> {otherCount}
          </li>
        )}
      </ul>
    </div>
  );
}
