/*
 * Memory: copies of 8 MiB, a walk along a random cycle through 2 MiB, quicksort of 65,536 words.
 */
typedef unsigned long u64;
typedef unsigned int u32;

enum { COPIED = 8 << 20, CHASED = (2 << 20) / 8, SORTED = 65536 };

static u64 from[COPIED / 8], to[COPIED / 8];
static u64 cycle[CHASED];
static u32 words[SORTED];

static u64 random_state = 88172645463325252ul;

static u64 next_random(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  return random_state ^= random_state << 17;
}

static __attribute__((noinline)) void copy(u64 *target, const u64 *source, u64 doublewords) {
  for (u64 index = 0; index < doublewords; index += 4) {
    u64 a = source[index], b = source[index + 1], c = source[index + 2], d = source[index + 3];
    target[index] = a;
    target[index + 1] = b;
    target[index + 2] = c;
    target[index + 3] = d;
  }
}

/* Sattolo's algorithm: one cycle through all places. */
static void make_cycle(void) {
  for (u64 index = 0; index < CHASED; index++) cycle[index] = index;
  for (u64 index = CHASED - 1; index > 0; index--) {
    u64 other = next_random() % index, kept = cycle[index];
    cycle[index] = cycle[other];
    cycle[other] = kept;
  }
}

static __attribute__((noinline)) u64 chase(u64 at, u64 steps) {
  while (steps--) at = cycle[at];
  return at;
}

static __attribute__((noinline)) void quicksort(u32 *values, long low, long high) {
  while (low < high) {
    u32 pivot = values[low + (high - low) / 2];
    long i = low, j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        u32 kept = values[i];
        values[i++] = values[j];
        values[j--] = kept;
      }
    }
    quicksort(values, low, j);
    low = i;
  }
}

u64 main(void) {
  u64 digest = 0, at = 0;
  make_cycle();
  for (u64 index = 0; index < COPIED / 8; index++) from[index] = index * 0x9e3779b97f4a7c15ul;
  for (u64 round = 0; round < ROUNDS; round++) {
    from[round & (COPIED / 8 - 1)] = digest;
    copy(to, from, COPIED / 8);
    at = chase(at, CHASED);
    at = chase(at, round + 1);
    for (u64 index = 0; index < SORTED; index++) words[index] = (u32)next_random();
    quicksort(words, 0, SORTED - 1);
    digest = digest * 31 + to[(round * 977) & (COPIED / 8 - 1)] + at + words[SORTED / 2];
  }
  return digest;
}
