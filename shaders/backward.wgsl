// The error recursion e_t = W_y^T dL/dz_t + W_h^T delta_{t+1}, delta_t = f'(a_t) * e_t, from the
// chunk's last step down to its first. One workgroup per batch entry and lane, time
// loop in here.
// Every row carries a base-2 exponent, so that 2^-20000 is a number (docs/numerics.md, point 3).
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/error_recursion.wgsl"

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
  let lane = lane_of(workgroup.y);
  let end = end_of_gradient();

  // delta of the step after the chunk, left there by the chunk before.
  let next = chunk.last_step + 1u;
  var signal_exponent = ZERO_EXPONENT;
  var peak = 0.0;
  if (next < end) {
    signal_exponent = row_exponents[lane.exponents + next * params.batch + entry].error_signal;
    for (var group = thread; group < groups; group += threads) {
      let value = error_signals[lane.signals + ((next - 1u) * params.batch + entry) * groups + group];
      signal[0][group] = value;
      peak = max(peak, largest_component(value));
    }
  }
  largest[0][thread] = peak;
  workgroupBarrier();

  var current = 0u;
  for (var step = i32(chunk.last_step); step >= first_step_of_chunk(); step--) {
    let row = u32(step) * params.batch + entry;
    peak = 0.0;
    for (var i = 0u; i < threads; i++) {
      peak = max(peak, largest[current][i]);
    }
    let scales = step_scales(lane, u32(step), row, end, peak, signal_exponent);

    peak = 0.0;
    for (var group = thread; group < groups; group += threads) {
      var carried = vec4f(0.0);
      if (scales.carried != 0.0) {
        for (var column = 0u; column < groups; column++) {
          carried += transposed_blocks[column * groups + group] * (signal[current][column] * scales.normalise);
        }
      }
      let delta = finish_error_signal(lane, scales, row, group, carried);
      signal[1u - current][group] = delta;
      peak = max(peak, largest_component(delta));
    }
    largest[1u - current][thread] = peak;
    signal_exponent = scales.signal_exponent;
    if (thread == 0u) {
      write_exponents(lane, scales, row);
    }
    workgroupBarrier();
    current = 1u - current;
  }
}
