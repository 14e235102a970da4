// L = sum_t w_t l_t at each point of a tile: the forward pass alone, for the steps of one chunk. One
// workgroup per point and batch entry; the time loop is in here, with one barrier a step, and only
// the present state is kept. States and logits lie in workgroup memory as bits, so that overflow is
// found on what was stored (docs/numerics.md, point 2).
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/elementary.wgsl"
#include "common/activation.wgsl"
#include "common/row_loss.wgsl"

struct SurfaceChunk {
  first_step: u32,   // 1-based
  last_step: u32,    // inclusive
  first_point: u32,  // of the tile, among `results`
}

// What one batch entry adds to the loss, total * 2^total_exponent + sum * 2^sum_exponent, and whether
// it left float32. Two terms, so that where the steps are cut changes no bit.
struct SurfaceLoss {
  total: f32,
  total_exponent: i32,
  sum: f32,
  sum_exponent: i32,
  overflowed: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<uniform> chunk: SurfaceChunk;
// Of each point of the tile: W_x and W_h in blocks [column_group * row_groups + row_group], b, W_y
// in blocks, c.
@group(0) @binding(2) var<storage, read> weights: array<vec4f>;
// x_t [T,B] rows
@group(0) @binding(3) var<storage, read> inputs: array<vec4f>;
@group(0) @binding(4) var<storage, read> targets: array<u32>;
// [T+1], index t: (w_t, what scales h_t as it enters step t+1: 0 = reset)
@group(0) @binding(5) var<storage, read> schedule: array<vec2f>;
// h_0 [B] rows
@group(0) @binding(6) var<storage, read> initial_states: array<vec4f>;
// The states between two dispatches: [points of the tile, B] rows
@group(0) @binding(7) var<storage, read_write> carried_states: array<vec4u>;
// [points, B]
@group(0) @binding(8) var<storage, read_write> results: array<SurfaceLoss>;

override threads: u32 = 8u;
const MOST_GROUPS: u32 = 128u;
const MAGNITUDE: u32 = 0x7fffffffu;
const STATE_LIMIT: u32 = 0x7cf0bdc2u;  // 1e37
const NOT_FINITE: u32 = 0x7f800000u;
// Losses that are summed before they are added to the total: short sums keep float32 accurate.
const LOSSES_PER_SUM: u32 = 64u;

var<workgroup> state: array<array<vec4u, MOST_GROUPS>, 2>;
// z_t of even and of odd steps
var<workgroup> logits: array<vec4u, 2u * MOST_GROUPS>;
var<workgroup> overflowed: atomic<u32>;

fn logits_of(step: u32) -> u32 {
  return (step % 2u) * MOST_GROUPS;
}

fn logit_at(base: u32, i: u32) -> f32 {
  return bitcast<f32>(logits[base + i / 4u][i % 4u]);
}

fn weight_block(first: u32) -> mat4x4f {
  return mat4x4f(weights[first], weights[first + 1u], weights[first + 2u], weights[first + 3u]);
}

fn normal(value: Scaled) -> Scaled {
  let own = exponent_of(value.mantissa);
  if (own == ZERO_EXPONENT) {
    return Scaled(0.0, ZERO_EXPONENT);
  }
  return Scaled(scale_by(value.mantissa, -own), value.exponent + own);
}

fn add_scaled(a: Scaled, b: Scaled) -> Scaled {
  let top = max(a.exponent, b.exponent);
  // An exact zero's exponent may lie 2^28 below; 2^-252 is as far as a scale reaches.
  return Scaled(
    scale_by(a.mantissa, max(a.exponent - top, -252)) + scale_by(b.mantissa, max(b.exponent - top, -252)),
    top,
  );
}

// w_t / B times l of a step whose logits lie in workgroup memory.
fn weighted_loss(step: u32, entry: u32) -> Scaled {
  let weight = schedule[step].x / f32(params.batch);
  if (weight == 0.0) {
    return Scaled(0.0, ZERO_EXPONENT);
  }
  let base = logits_of(step);
  let row = (step - 1u) * params.batch + entry;
  let l = normal(row_loss(base, row, exponential_sum(base, params.output_width)));
  let factor = normal(Scaled(weight, 0));
  return normal(Scaled(l.mantissa * factor.mantissa, add_exponents(l.exponent, factor.exponent)));
}

var<private> total: Scaled = Scaled(0.0, ZERO_EXPONENT);
var<private> sum: Scaled = Scaled(0.0, ZERO_EXPONENT);

fn add_loss(step: u32, entry: u32) {
  sum = add_scaled(sum, weighted_loss(step, entry));
  if (step % LOSSES_PER_SUM == 0u) {
    total = add_scaled(total, sum);
    sum = Scaled(0.0, ZERO_EXPONENT);
  }
}

// A logit that is not finite, a step after it was stored.
fn note_logits(step: u32, thread: u32) {
  for (var group = thread; group < params.output_groups; group += threads) {
    if (any((logits[logits_of(step) + group] & vec4u(NOT_FINITE)) == vec4u(NOT_FINITE))) {
      atomicOr(&overflowed, 1u);
    }
  }
}

@compute @workgroup_size(threads)
fn main(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) workgroup: vec3u,
) {
  let entry = workgroup.y;
  let groups = params.hidden_groups;
  let input_weights = workgroup.x * (
    4u * groups * (params.input_groups + groups + params.output_groups) + groups + params.output_groups);
  let recurrent_weights = input_weights + 4u * groups * params.input_groups;
  let hidden_bias = recurrent_weights + 4u * groups * groups;
  let output_weights = hidden_bias + groups;
  let output_bias = output_weights + 4u * groups * params.output_groups;
  let carried = (workgroup.x * params.batch + entry) * groups;
  let result = (chunk.first_point + workgroup.x) * params.batch + entry;
  // The thread that has least to do otherwise.
  let sums_losses = thread == threads - 1u;

  let begins = chunk.first_step == 1u;
  for (var group = thread; group < groups; group += threads) {
    let initial = bitcast<vec4u>(initial_states[entry * groups + group]);
    state[0][group] = select(carried_states[carried + group], initial, begins);
  }
  if (!begins && sums_losses) {
    total = Scaled(results[result].total, results[result].total_exponent);
    sum = Scaled(results[result].sum, results[result].sum_exponent);
    atomicOr(&overflowed, results[result].overflowed);
  }
  workgroupBarrier();

  var current = 0u;
  for (var step = chunk.first_step; step <= chunk.last_step; step++) {
    let row = (step - 1u) * params.batch + entry;
    let kept = schedule[step - 1u].y;
    for (var group = thread; group < groups; group += threads) {
      var a = weights[hidden_bias + group];
      for (var column = 0u; column < params.input_groups; column++) {
        a += weight_block(input_weights + 4u * (column * groups + group)) * inputs[row * params.input_groups + column];
      }
      for (var column = 0u; column < groups; column++) {
        let h = bitcast<vec4f>(state[current][column]) * kept;
        a += weight_block(recurrent_weights + 4u * (column * groups + group)) * h;
      }
      // Units that fill the last group need no mask: their weights, in every direction, are zero.
      let h = vec4f(
        activation_value(a.x), activation_value(a.y), activation_value(a.z), activation_value(a.w));
      state[1u - current][group] = bitcast<vec4u>(h);
    }
    workgroupBarrier();
    current = 1u - current;

    for (var group = thread; group < groups; group += threads) {
      if (any((state[current][group] & vec4u(MAGNITUDE)) > vec4u(STATE_LIMIT))) {
        atomicOr(&overflowed, 1u);
      }
    }
    for (var group = thread; group < params.output_groups; group += threads) {
      var z = weights[output_bias + group];
      for (var column = 0u; column < groups; column++) {
        z += weight_block(output_weights + 4u * (column * params.output_groups + group))
          * bitcast<vec4f>(state[current][column]);
      }
      logits[logits_of(step) + group] = bitcast<vec4u>(z);
    }
    // Of the step before, whose logits are complete since the barrier.
    if (step > chunk.first_step) {
      note_logits(step - 1u, thread);
      if (sums_losses) {
        add_loss(step - 1u, entry);
      }
    }
  }

  for (var group = thread; group < groups; group += threads) {
    carried_states[carried + group] = state[current][group];
  }
  workgroupBarrier();
  note_logits(chunk.last_step, thread);
  workgroupBarrier();
  if (sums_losses) {
    add_loss(chunk.last_step, entry);
    results[result] = SurfaceLoss(
      total.mantissa, total.exponent, sum.mantissa, sum.exponent, atomicLoad(&overflowed));
  }
}
