/* The textbook's step in C, REAL being float or double; speaks the lines of line-protocol.mjs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <time.h>

typedef struct {
  int m, n0, n1, n2;
  REAL learning_rate;
  REAL *x, *w1, *b1, *w2, *b2, *dw1, *db1, *dw2, *db2, *a1, *delta1, *y;
  int *labels;
} Network;

/* c += a0*b[0] + a1*b[1] + a2*b[2] + a3*b[3], over rows of n */
static inline void add_four_rows(int n, REAL *restrict c, REAL a0, REAL a1, REAL a2, REAL a3, const REAL *restrict b) {
  for (int j = 0; j < n; j++) c[j] += a0 * b[j] + a1 * b[n + j] + a2 * b[2 * n + j] + a3 * b[3 * n + j];
}

/* c += a*b, over one row of n */
static inline void add_row(int n, REAL *restrict c, REAL a, const REAL *restrict b) {
  for (int j = 0; j < n; j++) c[j] += a * b[j];
}

/* C <- A*B + bias; A (m,k), B (k,n) */
static void dense(int m, int k, int n, const REAL *a, const REAL *b, const REAL *bias, REAL *c) {
  for (int i = 0; i < m; i++, a += k, c += n) {
    memcpy(c, bias, n * sizeof(REAL));
    int p = 0;
    for (; p + 4 <= k; p += 4) add_four_rows(n, c, a[p], a[p + 1], a[p + 2], a[p + 3], b + p * n);
    for (; p < k; p++) add_row(n, c, a[p], b + p * n);
  }
}

/* dW <- A^T*D, db <- column sums of D; A (m,k), D (m,n) */
static void gradient(int m, int k, int n, const REAL *a, const REAL *delta, REAL *dw, REAL *db) {
  memset(dw, 0, sizeof(REAL) * k * n);
  memset(db, 0, sizeof(REAL) * n);
  int i = 0;
  for (; i + 4 <= m; i += 4, a += 4 * k, delta += 4 * n) {
    for (int p = 0; p < k; p++) add_four_rows(n, dw + p * n, a[p], a[k + p], a[2 * k + p], a[3 * k + p], delta);
    add_four_rows(n, db, 1, 1, 1, 1, delta);
  }
  for (; i < m; i++, a += k, delta += n) {
    for (int p = 0; p < k; p++) add_row(n, dw + p * n, a[p], delta);
    add_row(n, db, 1, delta);
  }
}

/* D1 <- D2*W^T . (1 - A^2); D2 (m,n), W (k,n), A and D1 (m,k) */
static void backward(int m, int k, int n, const REAL *restrict delta2, const REAL *restrict w,
                     const REAL *restrict a, REAL *restrict delta1) {
  for (int i = 0; i < m; i++, delta2 += n, a += k, delta1 += k)
    for (int p = 0; p < k; p++) {
      REAL sum = 0;
      for (int j = 0; j < n; j++) sum += delta2[j] * w[p * n + j];
      delta1[p] = sum * (1 - a[p] * a[p]);
    }
}

static void softmax(int m, int n, REAL *z) {
  for (int i = 0; i < m; i++, z += n) {
    REAL max = z[0], sum = 0;
    for (int j = 1; j < n; j++) if (z[j] > max) max = z[j];
    for (int j = 0; j < n; j++) sum += z[j] = exp(z[j] - max);
    for (int j = 0; j < n; j++) z[j] /= sum;
  }
}

static void update(int count, REAL *restrict w, const REAL *restrict dw, REAL learning_rate) {
  for (int i = 0; i < count; i++) w[i] -= learning_rate * dw[i];
}

static void predict(Network *s) {
  dense(s->m, s->n0, s->n1, s->x, s->w1, s->b1, s->a1);
  for (int i = 0; i < s->m * s->n1; i++) s->a1[i] = tanh(s->a1[i]);
  dense(s->m, s->n1, s->n2, s->a1, s->w2, s->b2, s->y);
  softmax(s->m, s->n2, s->y);
}

static double cost(const Network *s) {
  double sum = 0;
  for (int i = 0; i < s->m; i++) sum -= log(s->y[i * s->n2 + s->labels[i]]);
  return sum / s->m;
}

static double step(Network *s) {
  predict(s);
  double before = cost(s);
  for (int i = 0; i < s->m; i++) s->y[i * s->n2 + s->labels[i]] -= 1;
  for (int i = 0; i < s->m * s->n2; i++) s->y[i] /= s->m;
  gradient(s->m, s->n1, s->n2, s->a1, s->y, s->dw2, s->db2);
  backward(s->m, s->n1, s->n2, s->y, s->w2, s->a1, s->delta1);
  gradient(s->m, s->n0, s->n1, s->x, s->delta1, s->dw1, s->db1);
  update(s->n0 * s->n1, s->w1, s->dw1, s->learning_rate);
  update(s->n1, s->b1, s->db1, s->learning_rate);
  update(s->n1 * s->n2, s->w2, s->dw2, s->learning_rate);
  update(s->n2, s->b2, s->db2, s->learning_rate);
  return before;
}

static REAL *zeros(size_t count) { return calloc(count, sizeof(REAL)); }

static REAL *read_values(FILE *file, int count) {
  REAL *values = zeros(count);
  for (int i = 0; i < count; i++) {
    double value;
    if (fread(&value, sizeof value, 1, file) != 1) exit(1);
    values[i] = value;
  }
  return values;
}

static void setup(Network *s, const char *line) {
  REAL *owned[] = { s->x, s->w1, s->b1, s->w2, s->b2, s->dw1, s->db1, s->dw2, s->db2, s->a1, s->delta1, s->y };
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) free(owned[i]);
  free(s->labels);

  char name[4096];
  double learning_rate;
  if (sscanf(line, "setup %4095s %d %d %d %d %lf", name, &s->m, &s->n0, &s->n1, &s->n2, &learning_rate) != 6) exit(1);
  s->learning_rate = learning_rate;
  FILE *file = fopen(name, "rb");
  if (!file) exit(1);
  s->x = read_values(file, s->m * s->n0);
  s->w1 = read_values(file, s->n0 * s->n1);
  s->b1 = read_values(file, s->n1);
  s->w2 = read_values(file, s->n1 * s->n2);
  s->b2 = read_values(file, s->n2);
  REAL *labels = read_values(file, s->m);
  s->labels = malloc(s->m * sizeof(int));
  for (int i = 0; i < s->m; i++) s->labels[i] = labels[i];
  free(labels);
  fclose(file);
  s->dw1 = zeros(s->n0 * s->n1), s->db1 = zeros(s->n1);
  s->dw2 = zeros(s->n1 * s->n2), s->db2 = zeros(s->n2);
  s->a1 = zeros(s->m * s->n1), s->delta1 = zeros(s->m * s->n1), s->y = zeros(s->m * s->n2);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

int main(void) {
  Network network = { 0 };
  char line[8192];
#ifdef __clang__
  puts(__VERSION__);
#else
  puts("gcc " __VERSION__);
#endif
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    int iterations;
    double result = 0, start = seconds();
    if (!strncmp(line, "setup", 5)) {
      setup(&network, line);
      puts("ok");
    } else if (sscanf(line, "train %d", &iterations) == 1) {
      for (int t = 0; t < iterations; t++) result = step(&network);
      printf("%.9f %.17g\n", seconds() - start, result);
    } else if (sscanf(line, "predict %d", &iterations) == 1) {
      for (int t = 0; t < iterations; t++) predict(&network);
      start = seconds() - start;
      printf("%.9f %.17g\n", start, cost(&network));
    }
    fflush(stdout);
  }
}
