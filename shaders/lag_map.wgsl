// ||dl_s/dh_k|| for a band of loss steps s and every k <= s: the error recursion of backward.wgsl with
// one error vector ("column") per s, each born at k = s from its own loss and from no other. One
// workgroup carries a block of consecutive columns of one batch entry down through the steps, so
// that a 4 x 4 block of W_h^T is read once for several of them.
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
// [T+1] links[t-1] scales what step t passes back to t-1: 0 = cut before step t, 1 = kept
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
const MOST_COLUMNS: u32 = 64u;

// delta_{k+1}, and e_k becoming delta_k, [hidden_groups][columns]
var<workgroup> signal: array<array<vec4f, MOST_CELLS>, 2>;
// [columns] of delta_{k+1}: its exponent, and what brings its largest entry near 1
var<workgroup> exponents: array<i32, MOST_COLUMNS>;
var<workgroup> normalise: array<f32, MOST_COLUMNS>;
// [columns][row_threads] what each thread saw: the largest entry of delta_k and the norm of e_k
var<workgroup> largest: array<f32, MOST_CELLS>;
var<workgroup> partial_norms: array<RowNorm, MOST_CELLS>;

// Slot of (s, k) in the triangle of all s >= k >= 1.
fn triangle(s: u32, k: u32) -> u32 {
  return s * (s - 1u) / 2u + k - 1u;
}

// Sum of squares of one group. The exponent stops where its inverse leaves the floats.
fn norm_of(v: vec4f) -> RowNorm {
  let exponent = min(exponent_of(largest_component(v)), 126);
  let scaled = v * power_of_two(-exponent);
  return RowNorm(dot(scaled, scaled), exponent);
}

fn add_norms(a: RowNorm, b: RowNorm) -> RowNorm {
  let top = max(a.exponent, b.exponent);
  let sum = a.sum_of_squares * power_of_two(2 * (a.exponent - top))
    + b.sum_of_squares * power_of_two(2 * (b.exponent - top));
  return RowNorm(sum, top);
}

// The column's largest entry of delta comes near 1: its exponent and `normalise` for the next step.
fn normalise_column(column: u32, exponent: i32) {
  var peak = 0.0;
  for (var i = 0u; i < row_threads; i++) {
    peak = max(peak, largest[column * row_threads + i]);
  }
  let peak_exponent = min(exponent_of(peak), 126);
  if (peak_exponent == ZERO_EXPONENT || exponent == ZERO_EXPONENT) {
    normalise[column] = 0.0;
    exponents[column] = ZERO_EXPONENT;
  } else {
    normalise[column] = power_of_two(-peak_exponent);
    exponents[column] = add_exponents(exponent, peak_exponent);
  }
}

@compute @workgroup_size(row_threads * splits)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let threads = row_threads * splits;
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

  // The block's columns as the dispatch before left them, already normalised; none is born yet in
  // the block's first dispatch.
  let resumes = sizes.last_step < block_last;
  for (var cell = thread; cell < groups * columns; cell += threads) {
    signal[0][cell] = select(vec4f(0.0), carried_signals[block * groups * columns + cell], resumes);
  }
  for (var column = thread; column < columns; column += threads) {
    let exponent = select(ZERO_EXPONENT, carried_exponents[block * columns + column], resumes);
    exponents[column] = exponent;
    normalise[column] = select(1.0, 0.0, exponent == ZERO_EXPONENT);
  }
  workgroupBarrier();

  var current = 0u;
  var cut = false;
  for (var step = min(sizes.last_step, block_last); step >= sizes.first_step; step--) {
    let link = links[step];
    if (link == 0.0 && step < block_first) {
      // A cut below which no column is born: nothing reaches further back.
      cut = true;
      break;
    }
    let row = step * sizes.batch + entry;
    var any_live = false;
#repeat c COLUMNS
    let normalise_{c} = normalise[own + {c}u] * link;
    any_live = any_live || normalise_{c} != 0.0;
#end

    // W_h^T delta_{k+1}
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
          let first = column_group * columns + own;
#repeat c COLUMNS
          let signal_{c} = signal[current][first + {c}u] * normalise_{c};
#repeat r ROW_BLOCKS
          e_{r}_{c} += weights_{r} * signal_{c};
#end
#end
        }
      }
#repeat r ROW_BLOCKS
#repeat c COLUMNS
      signal[1u - current][group_{r} * columns + own + {c}u] = e_{r}_{c};
#end
#end
    }
    current = 1u - current;

    // The thread's own rows and columns again: e_k, its norm, delta_k.
    for (var column = own; column < own + COLUMNS; column++) {
      let born = step == block_first + column;
      var peak = 0.0;
      var norm = RowNorm(0.0, ZERO_EXPONENT);
      for (var base = row_thread * ROW_BLOCKS; base < groups; base += row_threads * ROW_BLOCKS) {
        for (var group = base; group < min(base + ROW_BLOCKS, groups); group++) {
          let at = (row - sizes.batch) * groups + group;
          var e = signal[current][group * columns + column];
          if (born) {
            e = injected[at];
          }
          norm = add_norms(norm, norm_of(e));
          let delta = slopes[at] * e;
          signal[current][group * columns + column] = delta;
          peak = max(peak, largest_component(delta));
        }
      }
      largest[column * row_threads + row_thread] = peak;
      partial_norms[column * row_threads + row_thread] = norm;
    }
    workgroupBarrier();

    for (var column = thread; column < columns; column += threads) {
      let s = block_first + column;
      let exponent = select(exponents[column], row_exponents[row].logit_gradient, s == step);
      if (s >= step && s <= block_last) {
        var norm = RowNorm(0.0, ZERO_EXPONENT);
        for (var i = 0u; i < row_threads; i++) {
          norm = add_norms(norm, partial_norms[column * row_threads + i]);
        }
        norm.exponent = add_exponents(norm.exponent, exponent);
        norms[(triangle(s, step) - triangle(sizes.first_loss, 1u)) * sizes.batch + entry] = norm;
      }
      normalise_column(column, add_exponents(exponent, row_exponents[row].slope));
    }
    workgroupBarrier();
  }

  for (var cell = thread; cell < groups * columns; cell += threads) {
    carried_signals[block * groups * columns + cell] = signal[current][cell] * normalise[cell % columns];
  }
  for (var column = thread; column < columns; column += threads) {
    carried_exponents[block * columns + column] = select(exponents[column], ZERO_EXPONENT, cut);
  }
}
