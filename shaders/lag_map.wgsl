// ||dl_s/dh_k|| for a band of loss steps s and every k <= s: the error recursion of backward.wgsl with
// one error vector ("column") per s, each born at k = s from its own loss and from no other. One
// workgroup carries a block of consecutive columns of one batch entry down through the steps, so
// that a block of W_h^T is read once for all of them.
#include "common/params.wgsl"
#include "common/scaled.wgsl"

struct LagMapSizes {
  first_loss: u32,  // the band's first loss step, 1-based
  last_loss: u32,   // inclusive
  first_step: u32,  // this dispatch: k from last_step down to first_step
  last_step: u32,
  hidden_groups: u32,
  batch: u32,
}

@group(0) @binding(0) var<uniform> sizes: LagMapSizes;
// W_h^T, blocks[column_group * hidden_groups + row_group]
@group(0) @binding(1) var<storage, read> transposed_blocks: array<mat4x4f>;
// [T,B] rows of W_y^T dL/dz_t (exponent: logit_gradient)
@group(0) @binding(2) var<storage, read> injected: array<vec4f>;
// [T,B] rows of f'(a_t) (exponent: slope)
@group(0) @binding(3) var<storage, read> slopes: array<vec4f>;
// [T+1] link[t-1] scales what step t passes back to t-1: 0 = cut before step t, 1 = kept
@group(0) @binding(4) var<storage, read> links: array<f32>;
// [T+1,B]
@group(0) @binding(5) var<storage, read> row_exponents: array<RowExponents>;
// The columns' error signals between two dispatches: [blocks,B][hidden_groups][columns of a block]
@group(0) @binding(6) var<storage, read_write> carried_signals: array<vec4f>;
// [blocks,B][columns of a block]
@group(0) @binding(7) var<storage, read_write> carried_exponents: array<i32>;
// The band's part of the triangle, [(s, k), B]; zero on entry
@group(0) @binding(8) var<storage, read_write> norms: array<RowNorm>;

// A workgroup is row_threads x splits threads: each owns COLUMNS columns and every row_threads-th
// run of ROW_BLOCKS groups of units.
override row_threads: u32 = 4u;
override splits: u32 = 1u;
// Columns of a workgroup times groups of units, and times row_threads, are at most this.
const MOST_CELLS: u32 = 256u;

var<workgroup> signal: array<array<vec4f, MOST_CELLS>, 2>;
var<workgroup> largest: array<array<f32, MOST_CELLS>, 2>;
var<workgroup> partial_norms: array<array<RowNorm, MOST_CELLS>, 2>;

// The sum of squares of both.
fn add_norms(a: RowNorm, b: RowNorm) -> RowNorm {
  let top = max(a.exponent, b.exponent);
  let sum = a.sum_of_squares * power_of_two(2 * (a.exponent - top))
    + b.sum_of_squares * power_of_two(2 * (b.exponent - top));
  return RowNorm(sum, top);
}

// The sum of squares of ROW_BLOCKS groups whose largest entry is `peak`.
fn norm_scale(peak: f32) -> f32 {
  return power_of_two(-min(exponent_of(peak), 126));
}

// Slot of (s, k) in the triangle of all s >= k >= 1.
fn triangle(s: u32, k: u32) -> u32 {
  return s * (s - 1u) / 2u + k - 1u;
}

@compute @workgroup_size(row_threads * splits)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let columns = COLUMNS * splits;
  let block_first = sizes.first_loss + workgroup.x * columns;
  let block_last = min(block_first + columns - 1u, sizes.last_loss);
  if (block_last < sizes.first_step) {
    return;
  }
  let groups = sizes.hidden_groups;
  let entry = workgroup.y;
  let block = workgroup.x * sizes.batch + entry;
  let row_thread = thread % row_threads;
  let own = thread / row_threads * COLUMNS;

#repeat c COLUMNS
  var exponent_{c} = ZERO_EXPONENT;
  var peak_{c} = 0.0;
#end
  // The block's columns as the dispatch before left them; none has been born yet otherwise.
  if (sizes.last_step < block_last) {
#repeat c COLUMNS
    exponent_{c} = carried_exponents[block * columns + own + {c}u];
#end
    for (var base = row_thread * ROW_BLOCKS; base < groups; base += row_threads * ROW_BLOCKS) {
      for (var group = base; group < min(base + ROW_BLOCKS, groups); group++) {
#repeat c COLUMNS
        let left_{c} = carried_signals[(block * groups + group) * columns + own + {c}u];
        signal[0][group * columns + own + {c}u] = left_{c};
        peak_{c} = max(peak_{c}, largest_component(left_{c}));
#end
      }
    }
  }
#repeat c COLUMNS
  largest[0][(own + {c}u) * row_threads + row_thread] = peak_{c};
#end
  workgroupBarrier();

  var current = 0u;
  for (var step = min(sizes.last_step, block_last); step >= sizes.first_step; step--) {
    let link = links[step];
    if (link == 0.0 && step < block_first) {
      // A cut above which every column was born: nothing reaches further back.
#repeat c COLUMNS
      exponent_{c} = ZERO_EXPONENT;
#end
      break;
    }
    let row = step * sizes.batch + entry;
    // exponent_c: that of delta_{k+1}'s mantissas here, of e_k after this.
    var any_live = false;
#repeat c COLUMNS
    peak_{c} = 0.0;
#end
    for (var i = 0u; i < row_threads; i++) {
#repeat c COLUMNS
      peak_{c} = max(peak_{c}, largest[current][(own + {c}u) * row_threads + i]);
#end
    }
#repeat c COLUMNS
    let peak_exponent_{c} = exponent_of(peak_{c});
    let live_{c} = link != 0.0 && peak_exponent_{c} != ZERO_EXPONENT && exponent_{c} != ZERO_EXPONENT;
    any_live = any_live || live_{c};
    let normalise_{c} = select(0.0, power_of_two(-min(peak_exponent_{c}, 126)), live_{c});
    exponent_{c} = select(ZERO_EXPONENT, add_exponents(exponent_{c}, min(peak_exponent_{c}, 126)), live_{c});
    let born_{c} = step == block_first + own + {c}u;
    exponent_{c} = select(exponent_{c}, row_exponents[row].logit_gradient, born_{c});
    var norm_{c} = RowNorm(0.0, ZERO_EXPONENT);
    peak_{c} = 0.0;
#end

    for (var base = row_thread * ROW_BLOCKS; base < groups; base += row_threads * ROW_BLOCKS) {
#repeat r ROW_BLOCKS
      let group_{r} = min(base + {r}u, groups - 1u);
#repeat c COLUMNS
      var e_{r}_{c} = vec4f(0.0);
#end
#end
      if (any_live) {
        for (var column_group = 0u; column_group < groups; column_group++) {
#repeat r ROW_BLOCKS
          let weights_{r} = transposed_blocks[column_group * groups + group_{r}];
#end
#repeat c COLUMNS
          let signal_{c} = signal[current][column_group * columns + own + {c}u] * normalise_{c};
#repeat r ROW_BLOCKS
          e_{r}_{c} += weights_{r} * signal_{c};
#end
#end
        }
      }
#repeat r ROW_BLOCKS
      if (base + {r}u < groups) {
        let at = (row - sizes.batch) * groups + group_{r};
        let own_loss = injected[at];
        let slope = slopes[at];
#repeat c COLUMNS
        let all_{r}_{c} = select(e_{r}_{c} * link, own_loss, born_{c});
        let delta_{r}_{c} = all_{r}_{c} * slope;
        signal[1u - current][group_{r} * columns + own + {c}u] = delta_{r}_{c};
        peak_{c} = max(peak_{c}, largest_component(delta_{r}_{c}));
        let top_{r}_{c} = largest_component(all_{r}_{c});
        let scaled_{r}_{c} = all_{r}_{c} * norm_scale(top_{r}_{c});
        norm_{c} = add_norms(norm_{c}, RowNorm(dot(scaled_{r}_{c}, scaled_{r}_{c}), min(exponent_of(top_{r}_{c}), 126)));
#end
      }
#end
    }
    current = 1u - current;
    let slope_exponent = row_exponents[row].slope;
#repeat c COLUMNS
    let cell_{c} = (own + {c}u) * row_threads + row_thread;
    largest[current][cell_{c}] = peak_{c};
    partial_norms[current][cell_{c}] = RowNorm(norm_{c}.sum_of_squares, add_exponents(norm_{c}.exponent, exponent_{c}));
    exponent_{c} = add_exponents(exponent_{c}, slope_exponent);
#end
    workgroupBarrier();

    for (var column = thread; column < columns; column += row_threads * splits) {
      let s = block_first + column;
      if (s >= step && s <= block_last) {
        var norm = RowNorm(0.0, ZERO_EXPONENT);
        for (var i = 0u; i < row_threads; i++) {
          norm = add_norms(norm, partial_norms[current][column * row_threads + i]);
        }
        norms[(triangle(s, step) - triangle(sizes.first_loss, 1u)) * sizes.batch + entry] = norm;
      }
    }
  }

  for (var base = row_thread * ROW_BLOCKS; base < groups; base += row_threads * ROW_BLOCKS) {
    for (var group = base; group < min(base + ROW_BLOCKS, groups); group++) {
#repeat c COLUMNS
      carried_signals[(block * groups + group) * columns + own + {c}u] = signal[current][group * columns + own + {c}u];
#end
    }
  }
  if (row_thread == 0u) {
#repeat c COLUMNS
    carried_exponents[block * columns + own + {c}u] = exponent_{c};
#end
  }
}
