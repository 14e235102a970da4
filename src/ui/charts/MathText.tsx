import { Fragment, type ReactNode } from 'react';

type Part = { readonly kind: 'plain' | 'italic' | 'sub' | 'sup'; readonly text: string };

/**
 * Texts with a little mathematics: `*h*` is italic, `_t` or `_{t−1}` a subscript, `^T` or `^{−1}` a
 * superscript. Nothing else has a meaning, nor has the underscore of a name such as retain_graph.
 */
export function parseMath(text: string): Part[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(
    /\*([^*]+)\*|(?<![a-z]{2}(?=_[a-z]{2}))([_^])(?:\{([^}]*)\}|([^(){}\s]))|[^*_^]+|./gu,
  )) {
    const [whole, italic, mark, braced, single] = match;
    if (italic !== undefined) parts.push({ kind: 'italic', text: italic });
    else if (mark !== undefined) {
      parts.push({ kind: mark === '_' ? 'sub' : 'sup', text: braced ?? single ?? '' });
    } else parts.push({ kind: 'plain', text: whole });
  }
  return parts;
}

/** The same text without any markup, for labels that take no elements. */
export function plainMath(text: string): string {
  return parseMath(text)
    .map(({ kind, text: part }) => (kind === 'sub' ? `_${part}` : part))
    .join('');
}

function element({ kind, text }: Part): ReactNode {
  switch (kind) {
    case 'italic':
      return <i>{text}</i>;
    case 'sub':
      return <sub>{text}</sub>;
    case 'sup':
      return <sup>{text}</sup>;
    case 'plain':
      return text;
  }
}

/** The same inside an SVG text: indices are shifted spans, which SVG has no elements for. */
export function SvgMath({ text }: { readonly text: string }): ReactNode {
  let shift = 0;
  return parseMath(text).map(({ kind, text: part }, i) => {
    const wanted = kind === 'sub' ? 0.25 : kind === 'sup' ? -0.35 : 0;
    const isIndex = wanted !== 0;
    // em counts in the span's own size.
    const dy = (wanted - shift) / (isIndex ? INDEX_SIZE : 1);
    shift = wanted;
    return (
      <tspan
        key={i}
        dy={`${dy.toFixed(3)}em`}
        {...(isIndex && { fontSize: `${INDEX_SIZE}em` })}
        {...(kind === 'italic' && { fontStyle: 'italic' })}
      >
        {part}
      </tspan>
    );
  });
}

const INDEX_SIZE = 0.8;

export function MathText({ text }: { readonly text: string }): ReactNode {
  return parseMath(text).map((part, i) => <Fragment key={i}>{element(part)}</Fragment>);
}
