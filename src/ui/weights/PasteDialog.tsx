import { useId, useState } from 'react';
import { Button } from '../app/Button';
import { useText } from '../app/context';
import { Dialog } from '../app/Dialog';
import { MathText, plainMath } from '../charts/MathText';
import buttons from '../theme/buttons.module.css';
import { parseMatrix } from './matrixText';
import { shapeOfBounds, type Bounds } from './selection';
import { placed, type Placement } from './selectionEdit';
import { WEIGHT_LABELS, type WeightArray } from './weightArrays';

interface PasteDialogProps {
  readonly array: WeightArray;
  /** The selection, which a matrix of its shape fills */
  readonly bounds: Bounds;
  readonly initial: string;
  readonly onUse: (placement: Exclude<Placement, { complaint: unknown }>) => void;
  readonly onClose: () => void;
}

export function PasteDialog({ array, bounds, initial, onUse, onClose }: PasteDialogProps) {
  const text = useText();
  const [draft, setDraft] = useState(initial);
  const complaintId = useId();
  const { rows, columns } = array;
  const label = WEIGHT_LABELS[array.key];
  const parsed = parseMatrix(draft);
  const placement =
    'matrix' in parsed ? placed(parsed.matrix, plainMath(label), array, bounds) : parsed;
  const complaint = 'complaint' in placement && draft.trim() !== '' ? placement.complaint : null;
  const selected = shapeOfBounds(bounds);
  const isSingle = selected.rows * selected.columns === 1;

  return (
    <Dialog
      title={<MathText text={text('weights.pasteTitle', { name: label })} />}
      description={
        isSingle
          ? text('weights.pasteHint', { rows, columns })
          : text('weights.pasteHintSelection', {
              ...{ rows, columns },
              ...{ selectedRows: selected.rows, selectedColumns: selected.columns },
            })
      }
      onClose={onClose}
      actions={
        <>
          <button type="button" className={buttons.button} onClick={onClose}>
            {text('app.cancel')}
          </button>
          <Button
            className={buttons.primary}
            unavailable={'complaint' in placement}
            onClick={() => {
              if (!('complaint' in placement)) onUse(placement);
            }}
          >
            {text('weights.pasteApply')}
          </Button>
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
