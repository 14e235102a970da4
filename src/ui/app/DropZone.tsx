import { useEffect, useRef, useState } from 'react';
import { toErrorRecord } from '../../model/errors';
import { useAppStore, useText } from './context';
import { useOpenDialog } from './dialogs';
import styles from './DropZone.module.css';
import { isTable, readTextFile } from './readFile';

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

/** The whole page takes text and CSV files; what was dropped is shown before it is used. */
export function DropZone() {
  const text = useText();
  const store = useAppStore();
  const openDialog = useOpenDialog();
  const [over, setOver] = useState(false);
  // dragenter and dragleave come for every element under the pointer.
  const depth = useRef(0);

  useEffect(() => {
    const take = async (file: File) => {
      try {
        const content = await readTextFile(file);
        if (isTable(file))
          openDialog({ kind: 'series', dropped: { name: file.name, text: content } });
        else openDialog({ kind: 'text', dropped: content });
      } catch (error) {
        store.getState().setNotice(toErrorRecord(error));
      }
    };
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth.current++;
      setOver(true);
    };
    const onOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void take(file);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [openDialog, store]);

  if (!over) return null;
  return (
    <div className={styles.zone}>
      <p className={styles.title}>{text('app.drop')}</p>
      <p>{text('app.dropHint')}</p>
    </div>
  );
}
