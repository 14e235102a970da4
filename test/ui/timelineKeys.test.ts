import { describe, expect, it, vi } from 'vitest';
import type { TimelineActions } from '../../src/ui/timeline/actions';
import { onTimelineKey } from '../../src/ui/timeline/keys';

function setup() {
  const actions = {
    select: vi.fn(),
    move: vi.fn(),
    toggleCut: vi.fn(),
    moveCut: vi.fn(),
    zoom: vi.fn(),
    zoomTo: vi.fn(),
    zoomAll: vi.fn(),
    pan: vi.fn(),
  } satisfies TimelineActions;
  const playback = { toggle: vi.fn(), stop: vi.fn() };
  const press = (key: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}) =>
    onTimelineKey(
      { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held },
      { step: 61, T: 96, from: 41, to: 80 },
      actions,
      playback,
    );
  return { actions, playback, press };
}

describe('keys of the timeline', () => {
  it('move the playhead', () => {
    const { actions, press } = setup();
    press('ArrowRight');
    press('ArrowLeft', { shiftKey: true });
    expect(actions.move.mock.calls).toEqual([[1], [-10]]);
    press('Home');
    press('End');
    expect(actions.select.mock.calls).toEqual([[1], [96]]);
  });

  it('cut, zoom about the playhead, pan and play', () => {
    const { actions, playback, press } = setup();
    press('D', { shiftKey: true });
    expect(actions.toggleCut).toHaveBeenCalledWith(61);
    press('+');
    expect(actions.zoom).toHaveBeenCalledWith(1.5, 20.5 / 40);
    press('0');
    expect(actions.zoomAll).toHaveBeenCalled();
    press('PageDown');
    expect(actions.pan).toHaveBeenCalledWith(20);
    press(' ');
    press('Escape');
    expect(playback.toggle).toHaveBeenCalled();
    expect(playback.stop).toHaveBeenCalled();
  });

  it("leave the browser's and the page's own keys alone", () => {
    const { actions, press } = setup();
    expect(press('d', { ctrlKey: true })).toBe(false);
    expect(press('Tab')).toBe(false);
    expect(press('x')).toBe(false);
    expect(actions.toggleCut).not.toHaveBeenCalled();
  });
});
