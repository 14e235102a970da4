import { useRef } from 'react';
import { useText } from '../app/context';
import buttons from '../theme/buttons.module.css';
import type { QrDrawing } from './qrPath';
import styles from './ShareDialog.module.css';

/** The code, and a button that fills the screen with it, for the back row. */
export function QrCode({ code, label }: { readonly code: QrDrawing; readonly label: string }) {
  const text = useText();
  const drawing = useRef<SVGSVGElement>(null);
  return (
    <>
      <svg
        ref={drawing}
        className={styles.qr}
        viewBox={`0 0 ${code.size} ${code.size}`}
        role="img"
        aria-label={label}
        shapeRendering="crispEdges"
      >
        <path d={code.path} />
      </svg>
      {document.fullscreenEnabled && (
        <button
          type="button"
          className={`${buttons.small} ${styles.enlarge}`}
          title={text('share.fullScreenHint')}
          onClick={() => void drawing.current?.requestFullscreen().catch(() => undefined)}
        >
          {text('share.fullScreen')}
        </button>
      )}
    </>
  );
}
