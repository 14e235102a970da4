// The error recursion e_t = W_y^T dL/dz_t + W_h^T delta_{t+1}, delta_t = f'(a_t) * e_t, from the
// chunk's last step down to its first. One workgroup per batch entry, time loop in here.
// Every row carries a base-2 exponent, so that 2^-20000 is a number (docs/numerics.md, point 3).
#include "common/params.wgsl"
#include "common/scaled.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> chunk: Chunk;
// W_h^T, blocks[column_group * hidden_groups + row_group]
@group(0) @binding(2) var<storage, read> transposed_blocks: array<mat4x4f>;
// [T,B] rows of W_y^T dL/dz_t (exponent: logit_gradient)
@group(0) @binding(3) var<storage, read> injected: array<vec4f>;
// [T,B] rows of f'(a_t) (exponent: slope)
@group(0) @binding(4) var<storage, read> slopes: array<vec4f>;
// [T+1] link[t-1] scales what step t passes back to t-1: 0 = cut before step t, 1 = kept
@group(0) @binding(5) var<storage, read> links: array<f32>;
// [T+1,B] rows; row t*B + n is e_t, the first B rows are dL/dh_0
@group(0) @binding(6) var<storage, read_write> state_gradients: array<vec4f>;
// [T,B] rows of delta_t
@group(0) @binding(7) var<storage, read_write> error_signals: array<vec4f>;
// [T+1,B]
@group(0) @binding(8) var<storage, read_write> row_exponents: array<RowExponents>;
// first step whose state overflowed (T + 1 when none did); later steps have no gradient
@group(0) @binding(9) var<storage, read> first_overflow: array<u32>;

override threads: u32 = 16u;
const MOST_GROUPS: u32 = 128u;
const MOST_THREADS: u32 = 128u;

var<workgroup> signal: array<array<vec4f, MOST_GROUPS>, 2>;
var<workgroup> largest: array<array<f32, MOST_THREADS>, 2>;

@compute @workgroup_size(threads)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let entry = workgroup.x;
  let groups = params.hidden_groups;
  let end = min(params.steps + 1u, first_overflow[0]);

  // delta of the step after the chunk, left there by the chunk before.
  let next = chunk.last_step + 1u;
  var signal_exponent = ZERO_EXPONENT;
  var peak = 0.0;
  if (next < end) {
    signal_exponent = row_exponents[next * params.batch + entry].error_signal;
    for (var group = thread; group < groups; group += threads) {
      let value = error_signals[((next - 1u) * params.batch + entry) * groups + group];
      signal[0][group] = value;
      peak = max(peak, largest_component(value));
    }
  }
  largest[0][thread] = peak;
  workgroupBarrier();

  var current = 0u;
  // Step 0 gives dL/dh_0: the same formula without injection and without f'.
  let first = select(chunk.first_step, 0u, chunk.first_step == 1u);
  for (var step = i32(chunk.last_step); step >= i32(first); step--) {
    let row = u32(step) * params.batch + entry;
    peak = 0.0;
    for (var i = 0u; i < threads; i++) {
      peak = max(peak, largest[current][i]);
    }
    // Common exponent of the carried and the injected term.
    let link = select(0.0, links[u32(step)], u32(step) + 1u < end);
    let peak_exponent = exponent_of(peak);
    var carried_exponent = ZERO_EXPONENT;
    if (link != 0.0 && peak_exponent != ZERO_EXPONENT) {
      carried_exponent = add_exponents(signal_exponent, peak_exponent);
    }
    var injected_exponent = ZERO_EXPONENT;
    var slope_exponent = ZERO_EXPONENT;
    let live = step > 0 && u32(step) < end;
    if (live) {
      injected_exponent = row_exponents[row].logit_gradient;
      slope_exponent = row_exponents[row].slope;
    }
    let exponent = max(carried_exponent, injected_exponent);
    var carried_scale = 0.0;
    if (carried_exponent != ZERO_EXPONENT) {
      carried_scale = link * power_of_two(carried_exponent - exponent);
    }
    var injected_scale = 0.0;
    if (injected_exponent != ZERO_EXPONENT) {
      injected_scale = power_of_two(injected_exponent - exponent);
    }
    let normalise = power_of_two(-max(peak_exponent, -126));

    peak = 0.0;
    for (var group = thread; group < groups; group += threads) {
      var e = vec4f(0.0);
      if (carried_scale != 0.0) {
        for (var column = 0u; column < groups; column++) {
          e += transposed_blocks[column * groups + group] * (signal[current][column] * normalise);
        }
        e *= carried_scale;
      }
      var delta = vec4f(0.0);
      if (live) {
        let at = (row - params.batch) * groups + group;
        if (injected_scale != 0.0) {
          e += injected[at] * injected_scale;
        }
        delta = slopes[at] * e;
      }
      state_gradients[row * groups + group] = e;
      if (step > 0) {
        error_signals[(row - params.batch) * groups + group] = delta;
      }
      signal[1u - current][group] = delta;
      peak = max(peak, largest_component(delta));
    }
    largest[1u - current][thread] = peak;
    signal_exponent = add_exponents(exponent, slope_exponent);
    if (thread == 0u) {
      row_exponents[row].state_gradient = exponent;
      row_exponents[row].error_signal = signal_exponent;
    }
    workgroupBarrier();
    current = 1u - current;
  }
}
