import { createContext, useContext, useEffect } from 'react';
import type { TrackId } from '../../model/configuration';
import type { PanelSource } from '../charts/export/sources';

/** Rows of the timeline as they can be taken along: the tracks and, between them, the scissors'. */
export type RowId = TrackId | 'cuts';

/** The order on the page */
const ROWS: readonly RowId[] = [
  'graph',
  'cuts',
  'inputs',
  'states',
  'saturation',
  'loss',
  'errors',
  'gradient',
  'contribution',
];

type Describe = () => PanelSource | null;

/** What each row draws now, for a picture of one or of all of them. */
export class RowPictures {
  private layer: Element | null = null;
  private readonly rows = new Map<RowId, Describe>();

  /** The layer over all tracks: cuts, the hatching after an overflow */
  get overlay(): Element | null {
    return this.layer;
  }

  setOverlay(layer: Element | null): void {
    this.layer = layer;
  }

  add(id: RowId, describe: Describe): () => void {
    this.rows.set(id, describe);
    return () => this.rows.delete(id);
  }

  one(id: RowId): PanelSource[] {
    const panel = this.rows.get(id)?.() ?? null;
    return panel === null ? [] : [panel];
  }

  all(): PanelSource[] {
    return ROWS.flatMap((id) => this.one(id));
  }
}

export const PicturesContext = createContext<RowPictures>(new RowPictures());

export function usePictures(): RowPictures {
  return useContext(PicturesContext);
}

/** Keeps a row's description for as long as the row is there. */
export function useRowPicture(id: RowId, describe: Describe): void {
  const pictures = usePictures();
  useEffect(() => pictures.add(id, describe), [pictures, id, describe]);
}
