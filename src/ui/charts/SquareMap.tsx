import { useLayoutEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import { setCanvasPainter } from './export/canvasPainters';
import { plainMath } from './MathText';
import styles from './SquareMap.module.css';
import { useSize } from './useSize';

interface SquareMapProps<Place> {
  /** Room for the axes and at the right edge, CSS pixels */
  readonly room: { readonly left: number; readonly bottom: number; readonly right: number };
  readonly label: string;
  /** Where `at` lies, as a slider counts */
  readonly value: { readonly least: number; readonly most: number; readonly now: number };
  /** What is read; by the pointer, by keys or at rest */
  readonly at: Place;
  /** What it says, for screen readers */
  readonly reading: string;
  /** x and y from the square's top left corner, 0…1 inside it */
  readonly placeAt: (x: number, y: number) => Place;
  /** Null when the pointer has left */
  readonly onMove: (place: Place | null) => void;
  readonly onPick: (place: Place) => void;
  /** Whether the key means something here */
  readonly onKey: (key: string, isShifted: boolean) => boolean;
  /** The axes around a square of so many CSS pixels */
  readonly frame: (size: number) => ReactNode;
  /** What lies in the square */
  readonly children: (size: number) => ReactNode;
}

/** A square picture with two axes, as wide as there is room: pointer and keys read it and pick. */
export function SquareMap<Place>(props: SquareMapProps<Place>): ReactNode {
  const { room, value, at, onMove, onPick } = props;
  const boxRef = useRef<HTMLDivElement>(null);
  const plotRef = useRef<HTMLDivElement>(null);
  // A finger has left by the time of its click, and a click's own coordinates are rounded.
  const pointed = useRef<Place | null>(null);
  const { width } = useSize(boxRef);
  const size = Math.max(0, width - room.left - room.right);

  const point = (event: PointerEvent) => {
    const box = plotRef.current!.getBoundingClientRect();
    pointed.current = props.placeAt(
      (event.clientX - box.left) / size,
      (event.clientY - box.top) / size,
    );
    onMove(pointed.current);
  };
  return (
    <div ref={boxRef} className={styles.box} style={{ height: `${size + room.bottom}px` }}>
      {size > 0 && (
        <>
          {props.frame(size)}
          <div
            ref={plotRef}
            className={styles.plot}
            style={{ left: `${room.left}px`, width: `${size}px`, height: `${size}px` }}
            role="slider"
            tabIndex={0}
            aria-label={props.label}
            aria-valuemin={value.least}
            aria-valuemax={value.most}
            aria-valuenow={value.now}
            aria-valuetext={plainMath(props.reading)}
            onPointerDown={point}
            onPointerMove={point}
            onPointerLeave={() => onMove(null)}
            onBlur={() => onMove(null)}
            onClick={(event) => onPick(event.detail === 0 ? at : (pointed.current ?? at))}
            onKeyDown={(event) => {
              if (!props.onKey(event.key, event.shiftKey)) return;
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            {props.children(size)}
          </div>
        </>
      )}
    </div>
  );
}

/** Pixels of a SquareMap, exact to the device pixel; what stays 0 shows the ground. */
export function SquareCanvas(props: {
  /** CSS pixels */
  readonly size: number;
  /** Colours into words [pixels·pixels], row by row from the top; a new function draws anew. */
  readonly paint: (words: Uint32Array, pixels: number) => void;
}): ReactNode {
  const { size, paint } = props;
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const draw = (target: HTMLCanvasElement, ratio: number): void => {
      const pixels = Math.max(1, Math.round(size * ratio));
      target.width = target.height = pixels;
      const context = target.getContext('2d');
      if (context === null) return;
      const image = new ImageData(pixels, pixels);
      paint(new Uint32Array(image.data.buffer), pixels);
      context.putImageData(image, 0, 0);
    };
    draw(canvas, window.devicePixelRatio);
    setCanvasPainter(canvas, draw);
  }, [paint, size]);
  return <canvas ref={ref} className={styles.canvas} aria-hidden="true" />;
}

/** The hatchings of what has no colour, under `id`zero (exactly zero) and `id`overflow. */
export function Hatchings({ id }: { readonly id: string }): ReactNode {
  const pattern = { patternUnits: 'userSpaceOnUse', width: 6, height: 6 } as const;
  return (
    <defs>
      <pattern id={`${id}zero`} {...pattern} patternTransform="rotate(45)">
        <rect width="6" height="6" className={styles.paper} />
        <path d="M0 0V6" className={styles.hatch} />
      </pattern>
      <pattern id={`${id}overflow`} {...pattern} patternTransform="rotate(-45)">
        <rect width="6" height="6" className={styles.danger} />
        <path d="M1.5 0V6" className={styles.dangerHatch} />
      </pattern>
    </defs>
  );
}
