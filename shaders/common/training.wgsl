// What a training keeps on the GPU from one update to the next. Needs common/params.wgsl.

struct TrainingState {
  done: u32,           // updates since the upload; even: the first of the two sets of weights is present
  stop: u32,           // 0, or why training ended (STOPPED_…)
  overflow_at: u32,    // where stop is STOPPED_STATE
  age: u32,            // losses since the best that were no progress
  best: f32,           // the best loss so far
  loss: f32,           // the last one
  clip_mantissa: f32,  // what the gradient is multiplied by: clip_mantissa * 2^clip_exponent
  clip_exponent: i32,
}

const STOPPED_TARGET: u32 = 1u;
const STOPPED_PATIENCE: u32 = 2u;
const STOPPED_STATE: u32 = 3u;
const STOPPED_LOSS: u32 = 4u;
const STOPPED_GRADIENT: u32 = 5u;
const STOPPED_WEIGHTS: u32 = 6u;

// Exponents of norms that are none: what they are norms of has left float32. No real one comes near.
const BEYOND_WEIGHTS: i32 = 1 << 28;
const BEYOND_GRADIENT: i32 = (1 << 28) + 1;

// Updates whose records and schedule there is room for; they take turns.
const RING: u32 = 256u;

// A record is a row of these: the loss (as sum * 2^(2 * exponent)), then for each array the norms of its
// gradient, of itself and of its update.
const RECORD_NORMS: u32 = 16u;
const GRADIENT_RECORDS: u32 = 1u;
const WEIGHT_RECORDS: u32 = 6u;
const UPDATE_RECORDS: u32 = 11u;

// Rows of the settings; the schedule of the RING updates comes after them.
const CLIP_SETTINGS: u32 = 0u;       // most norm, most value (0: none), target loss, patience (0: none)
const OPTIMIZER_SETTINGS: u32 = 1u;  // weight decay, eps, momentum, 1 - dampening
const DECAY_SETTINGS: u32 = 2u;      // beta_1 or alpha, 1 - it, beta_2, 1 - it
const SCHEDULE: u32 = 3u;            // step size, correction, 1 for the very first update
