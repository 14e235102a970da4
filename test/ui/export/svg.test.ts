import { describe, expect, it } from 'vitest';
import { svgDocument, textsOf } from '../../../src/ui/charts/export/svgDocument';
import { escapeXml, rounded, svgNode, toXml } from '../../../src/ui/charts/export/svgNode';

describe('escapeXml', () => {
  it('leaves nothing that XML reads as its own', () => {
    expect(escapeXml('a < b & "c" > d')).toBe('a &lt; b &amp; &quot;c&quot; &gt; d');
  });

  it('drops what XML 1.0 cannot say, and keeps other planes whole', () => {
    expect(escapeXml('a\u0000b\u000bc\ufffe\td\n')).toBe('abc\td\n');
    expect(escapeXml('𝛿 ok')).toBe('𝛿 ok');
    expect(escapeXml('x\ud835y\udeffz')).toBe('x\ufffdy\ufffdz');
  });
});

describe('toXml', () => {
  it('writes elements on lines, but nothing into a text', () => {
    const text = svgNode('text', { x: 1 }, ['h', svgNode('tspan', { dy: 2 }, ['t']), ' ok']);
    expect(toXml(svgNode('g', { fill: undefined }, [text, svgNode('path', { d: 'M0 0' })]))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<g>\n<text x="1">h<tspan dy="2">t</tspan> ok</text>\n<path d="M0 0"/>\n</g>\n',
    );
  });

  it.each([
    [1 / 3, '0.333'],
    [2, '2'],
    [100, '100'],
    [0.5, '0.5'],
    [-0.0001, '0'],
    [1e-7, '0'],
  ])('writes %d as %s', (value, written) => {
    expect(rounded(value)).toBe(written);
  });
});

describe('svgDocument', () => {
  const configuration = { T: 96, name: '</metadata><script>alert("x")</script>' };
  const provenance = {
    title: 'Error signal *δ*_t',
    caption: ['*T* = 96', '*W*_h: orthogonal'],
    link: 'https://example.org/?lang=en#v=1&T=96&cut=3',
    configuration,
  };
  const laid = { width: 300, height: 200, nodes: [svgNode('circle', { r: 3 })] };
  const svg = svgDocument(laid, '#ffffff', provenance, 'zh-CN');

  it('says what it is, for people and for programs', () => {
    expect(svg).toContain('<title>Error signal δ_t</title>');
    expect(svg).toContain('<desc>T = 96 · W_h: orthogonal</desc>');
    expect(svg).toContain('xml:lang="zh-CN"');
    const metadata = /<metadata>(.*)<\/metadata>/s.exec(svg)![1]!;
    const plain = metadata
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    expect(JSON.parse(plain)).toEqual({
      program: 'BPTT Playground',
      link: provenance.link,
      configuration,
    });
    expect(svg).not.toContain('<script');
  });

  it('goes without a link where there is none', () => {
    expect(svgDocument(laid, '#ffffff', { ...provenance, link: null }, 'en')).toContain(
      '&quot;link&quot;:null',
    );
    expect(textsOf({ ...provenance, link: null }).link).toBeNull();
  });
});
