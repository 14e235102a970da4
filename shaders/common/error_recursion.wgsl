// Bindings and the arithmetic of exponents of the error recursion, shared by backward.wgsl and
// backward_registers.wgsl. Needs common/params.wgsl and common/scaled.wgsl.

// The steps of one dispatch, and which backward passes ("lanes") it runs side by side: a sliding window
// is the sum of several, every other problem has one (docs/decisions/0004-truncation-as-lanes.md).
struct LaneChunk {
  first_step: u32,     // 1-based
  last_step: u32,      // inclusive
  first_lane: u32,     // in links; the outputs count from 0
  exponent_rows: u32,  // rows of row_exponents before those of the dispatch's first lane
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> chunk: LaneChunk;
// W_h^T, blocks[column_group * hidden_groups + row_group]
@group(0) @binding(2) var<storage, read> transposed_blocks: array<mat4x4f>;
// [T,B] rows of W_y^T dL/dz_t (exponent: logit_gradient)
@group(0) @binding(3) var<storage, read> injected: array<vec4f>;
// [T,B] rows of f'(a_t) (exponent: slope)
@group(0) @binding(4) var<storage, read> slopes: array<vec4f>;
// [lanes,2,T+1] first what each step passes back: entry t-1 scales what step t passes to t-1, 0 = cut
// before step t; then whether each step's own loss is in the lane: entry t is 1 or 0
@group(0) @binding(5) var<storage, read> links: array<f32>;
// [lanes] times [T+1,B] rows; row t*B + n is e_t, the first B rows are dL/dh_0
@group(0) @binding(6) var<storage, read_write> state_gradients: array<vec4f>;
// [lanes] times [T,B] rows of delta_t
@group(0) @binding(7) var<storage, read_write> error_signals: array<vec4f>;
// [T+1,B]; the lanes' own e_t and delta_t have theirs from chunk.exponent_rows on
@group(0) @binding(8) var<storage, read_write> row_exponents: array<RowExponents>;
// first step whose state overflowed (T + 1 when none did); later steps have no gradient
@group(0) @binding(9) var<storage, read> first_overflow: array<u32>;

// Where a lane's part of each buffer begins.
struct Lane {
  links: u32,
  states: u32,     // of state_gradients
  signals: u32,    // of error_signals
  exponents: u32,  // row of row_exponents
}

fn lane_of(index: u32) -> Lane {
  let steps = params.steps + 1u;
  let rows = steps * params.batch;
  return Lane(
    (chunk.first_lane + index) * 2u * steps,
    index * rows * params.hidden_groups,
    index * (rows - params.batch) * params.hidden_groups,
    chunk.exponent_rows + index * rows,
  );
}

// How the two terms of e_t come to one exponent.
struct StepScales {
  exponent: i32,         // of e_t
  signal_exponent: i32,  // of delta_t
  normalise: f32,        // brings the largest entry of delta_{t+1} near 1 before the product
  carried: f32,          // factor of W_h^T (normalised delta_{t+1}); 0 across a cut
  injected: f32,         // factor of W_y^T dL/dz_t
  live: bool,            // false for dL/dh_0 and for steps that overflowed
}

// peak: largest |entry| of delta_{t+1}'s mantissas; signal_exponent: their exponent;
// end: the first step that has no gradient.
fn step_scales(lane: Lane, step: u32, row: u32, end: u32, peak: f32, signal_exponent: i32) -> StepScales {
  var scales: StepScales;
  let link = select(0.0, links[lane.links + step], step + 1u < end);
  let own_loss = links[lane.links + params.steps + 1u + step];
  let peak_exponent = exponent_of(peak);
  var carried_exponent = ZERO_EXPONENT;
  if (link != 0.0 && peak_exponent != ZERO_EXPONENT) {
    carried_exponent = add_exponents(signal_exponent, peak_exponent);
  }
  var injected_exponent = ZERO_EXPONENT;
  var slope_exponent = ZERO_EXPONENT;
  scales.live = step > 0u && step < end;
  if (scales.live) {
    if (own_loss != 0.0) {
      injected_exponent = row_exponents[row].logit_gradient;
    }
    slope_exponent = row_exponents[row].slope;
  }
  scales.exponent = max(carried_exponent, injected_exponent);
  if (carried_exponent != ZERO_EXPONENT) {
    scales.carried = link * power_of_two(carried_exponent - scales.exponent);
  }
  if (injected_exponent != ZERO_EXPONENT) {
    scales.injected = power_of_two(injected_exponent - scales.exponent);
  }
  scales.normalise = power_of_two(-max(peak_exponent, -126));
  scales.signal_exponent = add_exponents(scales.exponent, slope_exponent);
  return scales;
}

// Writes e_t and delta_t of one group of units; returns delta_t. `carried` is W_h^T times the
// normalised delta_{t+1}.
fn finish_error_signal(lane: Lane, scales: StepScales, row: u32, group: u32, carried: vec4f) -> vec4f {
  var e = carried * scales.carried;
  var delta = vec4f(0.0);
  if (scales.live) {
    let at = (row - params.batch) * params.hidden_groups + group;
    if (scales.injected != 0.0) {
      e += injected[at] * scales.injected;
    }
    delta = slopes[at] * e;
  }
  state_gradients[lane.states + row * params.hidden_groups + group] = e;
  if (row >= params.batch) {
    error_signals[lane.signals + (row - params.batch) * params.hidden_groups + group] = delta;
  }
  return delta;
}

fn write_exponents(lane: Lane, scales: StepScales, row: u32) {
  row_exponents[lane.exponents + row].state_gradient = scales.exponent;
  row_exponents[lane.exponents + row].error_signal = scales.signal_exponent;
}

// First step without a gradient.
fn end_of_gradient() -> u32 {
  return min(params.steps + 1u, first_overflow[0]);
}

// The chunk's last step of the descent: 0 stands for dL/dh_0, which the first chunk adds.
fn first_step_of_chunk() -> i32 {
  return select(i32(chunk.first_step), 0, chunk.first_step == 1u);
}
