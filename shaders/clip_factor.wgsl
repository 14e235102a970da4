// The loss, the norms of the gradients, and what the gradient is multiplied by before the update: c/|g|
// where |g| > c, over all arrays together (Pascanu, Mikolov, Bengio 2013). And whether training goes on at
// all. One workgroup.
#include "common/params.wgsl"
#include "common/scaled.wgsl"
#include "common/reduction.wgsl"
#include "common/training.wgsl"
#include "common/parameters.wgsl"

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> arrays: array<ParameterArray>;
// One per lane
@group(0) @binding(2) var<storage, read> gradient_norms: array<RowNorm>;
// w_t l_t [T] as RowNorm, read as bits
@group(0) @binding(3) var<storage, read> step_loss_bits: array<vec2u>;
@group(0) @binding(4) var<storage, read> product_exponents: array<i32>;
@group(0) @binding(5) var<storage, read> first_overflow: array<u32>;
@group(0) @binding(6) var<storage, read> settings: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> training: TrainingState;
// [RING] rows of RECORD_NORMS
@group(0) @binding(8) var<storage, read_write> records: array<RowNorm>;

const NOT_FINITE: u32 = 0x7f800000u;
// A loss is progress when it is below the best by this part of it.
const LEAST_PROGRESS: f32 = 1e-4;
const LARGEST: f32 = 3.4e38;
// The sums: one per array, then the loss.
const LOSS: u32 = PARAMETER_ARRAYS;

fn is_finite(bits: u32) -> bool {
  return (bits & NOT_FINITE) != NOT_FINITE;
}

fn offer_exponents(thread: u32) {
  for (var index = 0u; index < PARAMETER_ARRAYS; index++) {
    let own = arrays[index];
    var top = ZERO_EXPONENT;
    for (var lane = thread; lane < own.lanes; lane += threads) {
      top = max(top, gradient_norms[own.first_lane + lane].exponent);
    }
    offered_exponents[thread][index] = top;
  }
  var top = ZERO_EXPONENT;
  for (var step = thread; step < params.steps; step += threads) {
    let bits = step_loss_bits[step];
    top = max(top, select(BEYOND_GRADIENT, bitcast<i32>(bits.y), is_finite(bits.x)));
  }
  offered_exponents[thread][LOSS] = top;
}

fn offer_sums(thread: u32) {
  for (var index = 0u; index < PARAMETER_ARRAYS; index++) {
    let own = arrays[index];
    let top = largest_exponent(index);
    var sum = 0.0;
    for (var lane = thread; lane < own.lanes; lane += threads) {
      sum += at_exponent(gradient_norms[own.first_lane + lane], top);
    }
    offered_sums[thread][index] = sum;
  }
  let top = largest_exponent(LOSS);
  var sum = 0.0;
  for (var step = thread; step < params.steps; step += threads) {
    let bits = step_loss_bits[step];
    if (is_finite(bits.x)) {
      sum += at_exponent(RowNorm(bitcast<f32>(bits.x), bitcast<i32>(bits.y)), top);
    }
  }
  offered_sums[thread][LOSS] = sum;
}

// The norm of one gradient; BEYOND_GRADIENT where it is not finite.
fn gradient_norm(index: u32) -> RowNorm {
  let top = largest_exponent(index);
  let sum = whole_sum(index);
  if (top == BEYOND_GRADIENT) {
    return RowNorm(0.0, top);
  }
  if (top == ZERO_EXPONENT || sum == 0.0) {
    return RowNorm(0.0, ZERO_EXPONENT);
  }
  return RowNorm(sum, add_exponents(top, product_exponents[index]));
}

// sum * 2^(2 * exponent) as a float, cut off at the ends of its range.
fn plain(value: RowNorm) -> f32 {
  let exponent = exponent_of(value.sum_of_squares);
  if (exponent == ZERO_EXPONENT || value.exponent <= ZERO_EXPONENT) {
    return 0.0;
  }
  if (exponent + 2 * value.exponent > 126) {
    return select(-LARGEST, LARGEST, value.sum_of_squares > 0.0);
  }
  return scale_by(value.sum_of_squares, 2 * value.exponent);
}

// c/|g| as mantissa and exponent where |g| > c, else 1.
fn factor(norm: RowNorm, most: f32) -> Scaled {
  if (most == 0.0 || norm.exponent <= ZERO_EXPONENT) {
    return Scaled(1.0, 0);
  }
  // |g| = root * 2^norm.exponent with a root of 1 or more, c = mantissa * 2^exponent
  let root = sqrt(norm.sum_of_squares);
  let exponent = exponent_of(most);
  let mantissa = scale_by(most, -exponent);
  let distance = norm.exponent - exponent;
  if (distance < -60 || (distance < 60 && scale_by(root, distance) <= mantissa)) {
    return Scaled(1.0, 0);
  }
  return Scaled(mantissa / root, -distance);
}

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32) {
  offer_exponents(thread);
  workgroupBarrier();
  offer_sums(thread);
  workgroupBarrier();
  if (thread != 0u || training.stop != 0u) {
    return;
  }
  let loss = RowNorm(whole_sum(LOSS), largest_exponent(LOSS));
  var norms: array<RowNorm, PARAMETER_ARRAYS>;
  var top = ZERO_EXPONENT;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    norms[i] = gradient_norm(i);
    top = max(top, norms[i].exponent);
  }
  if (first_overflow[0] <= params.steps) {
    training.stop = STOPPED_STATE;
    training.overflow_at = first_overflow[0];
    return;
  }
  if (loss.exponent == BEYOND_GRADIENT) {
    training.stop = STOPPED_LOSS;
    return;
  }
  let value = plain(loss);
  let limits = settings[CLIP_SETTINGS];
  training.loss = value;
  if (value <= limits.z) {
    training.stop = STOPPED_TARGET;
    return;
  }
  let is_progress = value < training.best - LEAST_PROGRESS * abs(training.best);
  let age = select(training.age + 1u, 0u, is_progress);
  if (limits.w > 0.0 && age >= u32(limits.w)) {
    training.stop = STOPPED_PATIENCE;
    return;
  }
  if (top == BEYOND_GRADIENT) {
    training.stop = STOPPED_GRADIENT;
    return;
  }
  training.age = age;
  training.best = select(training.best, value, is_progress);

  let row = training.done % RING * RECORD_NORMS;
  records[row] = loss;
  var sum = 0.0;
  for (var i = 0u; i < PARAMETER_ARRAYS; i++) {
    records[row + GRADIENT_RECORDS + i] = norms[i];
    sum += at_exponent(norms[i], top);
  }
  let clip = factor(RowNorm(sum, top), limits.x);
  training.clip_mantissa = clip.mantissa;
  training.clip_exponent = clip.exponent;
}
