import type { ReadColour } from './colours';

/** What a drawing of a part of the page needs to know. */
export interface Drawing {
  /** Where the drawing's corner is on the page, CSS pixels */
  readonly left: number;
  readonly top: number;
  /** Pixels of embedded pictures to a CSS pixel */
  readonly ratio: number;
  readonly colour: ReadColour;
  readonly isLeftOut: (element: Element) => boolean;
  /** An id that no other drawing of the file has */
  readonly newId: () => string;
}
