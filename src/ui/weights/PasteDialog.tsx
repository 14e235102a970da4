import { useId, useState } from 'react';
import { useText } from '../app/context';
import { Dialog } from '../app/Dialog';
import { MathText, plainMath } from '../charts/MathText';
import buttons from '../theme/buttons.module.css';
import { fitMatrix, parseMatrix } from './matrixText';
import { WEIGHT_LABELS, type WeightArray } from './weightArrays';

interface PasteDialogProps {
  readonly array: WeightArray;
  readonly initial: string;
  readonly onUse: (values: readonly number[]) => void;
  readonly onClose: () => void;
}

export function PasteDialog({ array, initial, onUse, onClose }: PasteDialogProps) {
  const text = useText();
  const [draft, setDraft] = useState(initial);
  const complaintId = useId();
  const { rows, columns } = array;
  const label = WEIGHT_LABELS[array.key];
  const parsed = parseMatrix(draft);
  const fitted =
    'matrix' in parsed ? fitMatrix(parsed.matrix, plainMath(label), rows, columns) : parsed;
  const complaint = 'complaint' in fitted && draft.trim() !== '' ? fitted.complaint : null;

  return (
    <Dialog
      title={<MathText text={text('weights.pasteTitle', { name: label })} />}
      description={text('weights.pasteHint', { rows, columns })}
      onClose={onClose}
      actions={
        <>
          <button type="button" className={buttons.button} onClick={onClose}>
            {text('app.cancel')}
          </button>
          <button
            type="button"
            className={buttons.primary}
            disabled={!('matrix' in fitted)}
            onClick={() => {
              if ('matrix' in fitted) onUse(fitted.matrix.values);
            }}
          >
            {text('weights.pasteApply')}
          </button>
        </>
      }
    >
      <textarea
        className={buttons.textarea}
        rows={10}
        wrap="off"
        spellCheck={false}
        aria-label={text('weights.pasteTitle', { name: plainMath(label) })}
        aria-invalid={complaint !== null}
        aria-describedby={complaintId}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      <p id={complaintId} role="status" className={buttons.complaint}>
        {complaint === null ? '' : text(complaint.key, complaint.params)}
      </p>
    </Dialog>
  );
}
