import type { QrDrawing } from './qrPath';
import styles from './ShareDialog.module.css';

export function QrCode({ code, label }: { readonly code: QrDrawing; readonly label: string }) {
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={code.path} />
    </svg>
  );
}
