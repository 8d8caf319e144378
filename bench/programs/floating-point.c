/*
 * Double precision: products of matrices of 64 rows, and five bodies under gravity. Compiled with and without fused multiply-add
 * (-ffp-contract): the two results differ, each is the same everywhere.
 */
typedef unsigned long u64;

enum { SIZE = 64, BODIES = 5 };

static double a[SIZE][SIZE], b[SIZE][SIZE], c[SIZE][SIZE];

static __attribute__((noinline)) void multiply(void) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      double sum = 0;
      for (int k = 0; k < SIZE; k++) sum += a[i][k] * b[k][j];
      c[i][j] = sum;
    }
}

typedef struct {
  double x, y, z, vx, vy, vz, mass;
} Body;

/* The sun and four planets of any kind: masses in suns, distances in astronomical units, times in days. */
static Body bodies[BODIES] = {
    {0, 0, 0, 0, 0, 0, 39.47841760435743},
    {4.84, -1.16, -0.1, 0.6063, 2.8119, -0.0252, 0.0376936749},
    {8.34, 4.12, -0.4, -1.0107, 1.8256, 0.0084, 0.0112863261},
    {12.89, -15.11, -0.22, 1.0827, 0.8687, -0.0108, 0.0017237240},
    {15.37, -25.91, 0.17, 0.9790, 0.5946, -0.0347, 0.0020336868},
};

static __attribute__((noinline)) void advance(double step) {
  for (int i = 0; i < BODIES; i++) {
    Body *p = &bodies[i];
    for (int j = i + 1; j < BODIES; j++) {
      Body *q = &bodies[j];
      double dx = p->x - q->x, dy = p->y - q->y, dz = p->z - q->z;
      double square = dx * dx + dy * dy + dz * dz;
      double pull = step / (square * __builtin_sqrt(square));
      p->vx -= dx * q->mass * pull;
      p->vy -= dy * q->mass * pull;
      p->vz -= dz * q->mass * pull;
      q->vx += dx * p->mass * pull;
      q->vy += dy * p->mass * pull;
      q->vz += dz * p->mass * pull;
    }
  }
  for (int i = 0; i < BODIES; i++) {
    bodies[i].x += step * bodies[i].vx;
    bodies[i].y += step * bodies[i].vy;
    bodies[i].z += step * bodies[i].vz;
  }
}

static u64 bits(double value) {
  union {
    double value;
    u64 bits;
  } both = {value};
  return both.bits;
}

u64 main(void) {
  u64 digest = 0;
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      a[i][j] = (double)(i * 3 + j * 7 % 11) / 7.0;
      b[i][j] = (double)(j * 5 - i * 2 % 13) / 9.0;
    }
  for (u64 round = 0; round < ROUNDS; round++) {
    a[round % SIZE][0] = (double)round / 3.0;
    multiply();
    for (int step = 0; step < 1000; step++) advance(0.001);
    digest = digest * 31 + bits(c[round % SIZE][(round * 7) % SIZE]) + bits(bodies[0].x);
  }
  return digest;
}
