"""Training of the page tagger: the forward pass of ``detente.article.network`` with its gradient, and Adam.

Pages of a batch stand one after another with a gap of zero rows wider than the widest dilation.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from detente.article.features import BUCKET_BITS
from detente.article.network import DILATIONS, HEADS

GAP = max(DILATIONS)


class Example:
    """A page: dense features, hashed tokens by unit, labels by head, weights by unit."""

    def __init__(self, dense, buckets, owner, labels, weights) -> None:
        """Take the arrays of one page."""
        self.dense, self.buckets, self.owner = dense, buckets, owner
        self.labels, self.weights = labels, weights


def choose_buckets(examples, groups, size, at_least):
    """Row of every bucket that ``at_least`` groups (domains) hold, -1 for the rest."""
    seen: dict[str, list] = {}
    for example, group in zip(examples, groups, strict=True):
        seen.setdefault(group, []).append(np.unique(example.buckets))
    holders = np.zeros(size, dtype=np.int32)
    for parts in seen.values():
        holders[np.unique(np.concatenate(parts))] += 1
    rows = np.full(size, -1, dtype=np.int32)
    kept = np.flatnonzero(holders >= at_least)
    rows[kept] = np.arange(len(kept))
    return rows


class Trainer:
    """Holds weights, moments and the random state; ``step`` learns from a batch of examples."""

    def __init__(
        self, rows, width, *, embed=16, hidden=48, seed=0, rate=3e-3, drop=0.2, word_drop=0.3
    ) -> None:
        """Start weights at random from ``seed``."""
        self.random = np.random.default_rng(seed)
        self.rows, self.drop, self.word_drop, self.rate = rows, drop, word_drop, rate
        count = int(rows.max()) + 1
        init = self._start
        self.p = {
            "embed": (self.random.standard_normal((count, embed)) * 0.1).astype(np.float32),
            "we": init(embed, hidden), "wd": init(width, hidden), "b0": np.zeros(hidden, np.float32),
            "wg": init(hidden, hidden) * 0.3, "wo": init(hidden, len(HEADS)),
            "bo": np.zeros(len(HEADS), np.float32) - 1,
        }  # fmt: skip
        for i in range(len(DILATIONS)):
            for side in "lmr":
                self.p[f"c{i}{side}"] = init(hidden, hidden) * 0.5
            self.p[f"c{i}b"] = np.zeros(hidden, np.float32)
        self.m = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.v = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.time = 0
        self.mean = np.zeros(width, np.float32)
        self.scale = np.ones(width, np.float32)

    def _start(self, *shape):
        return (self.random.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

    def fit_scale(self, examples) -> None:
        """Mean and spread of the dense features, over the pages."""
        rows = np.concatenate([e.dense[:: max(1, len(e.dense) // 50)].astype(np.float32) for e in examples])
        self.mean, self.scale = rows.mean(0), rows.std(0) + 0.05

    def _batch(self, examples):
        total = sum(len(e.dense) + GAP for e in examples)
        dense = np.zeros((total, len(self.mean)), np.float32)
        labels = np.zeros((total, len(HEADS)), np.float32)
        weights = np.zeros((total, len(HEADS)), np.float32)
        live = np.zeros((total, 1), np.float32)
        page = np.zeros(total, np.int64)
        cols, rows_, values = [], [], []
        at = 0
        for i, e in enumerate(examples):
            n = len(e.dense)
            dense[at : at + n] = (e.dense.astype(np.float32) - self.mean) / self.scale
            labels[at : at + n], weights[at : at + n] = e.labels, e.weights
            live[at : at + n] = 1
            page[at : at + n + GAP] = i
            number = np.bincount(e.owner, minlength=n)
            row = self.rows[e.buckets]
            keep = (row >= 0) & (self.random.random(len(row)) >= self.word_drop)
            cols.append(row[keep])
            rows_.append(e.owner[keep].astype(np.int64) + at)
            values.append(1 / np.sqrt(np.maximum(number, 1))[e.owner[keep]] / (1 - self.word_drop))
            at += n + GAP
        shape = (total, len(self.p["embed"]))
        words = sp.csr_matrix(
            (np.concatenate(values).astype(np.float32), (np.concatenate(rows_), np.concatenate(cols))),
            shape=shape,
        )
        sizes = np.array([len(e.dense) for e in examples], np.float32)
        pool = sp.csr_matrix(
            (live[:, 0] / sizes[page], (page, np.arange(total))), shape=(len(examples), total)
        )
        return dense, words, labels, weights, live, page, pool.astype(np.float32)

    def _mask(self, shape):
        return (self.random.random(shape) >= self.drop).astype(np.float32) / (1 - self.drop)

    def step(self, examples) -> float:
        """One Adam step; returns the loss a unit."""
        p = self.p
        dense, words, labels, weights, live, page, pool = self._batch(examples)
        we = words @ p["embed"]
        z0 = (we @ p["we"] + dense @ p["wd"] + p["b0"]) * live
        a0 = np.maximum(z0, 0)
        mean = pool @ a0
        h = (a0 + (mean @ p["wg"])[page]) * live
        mask0 = self._mask(h.shape)
        h = h * mask0
        hs, zs, masks = [h], [], []
        for i, d in enumerate(DILATIONS):
            z = h @ p[f"c{i}m"] + p[f"c{i}b"]
            z[d:] += h[:-d] @ p[f"c{i}l"]
            z[:-d] += h[d:] @ p[f"c{i}r"]
            mask = self._mask(z.shape) * live
            h = h + np.maximum(z, 0) * mask
            hs.append(h), zs.append(z), masks.append(mask)
        logits = h @ p["wo"] + p["bo"]
        prob = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        total = weights[:, 0].sum()
        loss = (
            -(weights * (labels * np.log(prob + 1e-7) + (1 - labels) * np.log(1 - prob + 1e-7))).sum() / total
        )
        g = {}
        dl = (weights * (prob - labels) / total).astype(np.float32)
        g["wo"], g["bo"] = h.T @ dl, dl.sum(0)
        dh = dl @ p["wo"].T
        for i in reversed(range(len(DILATIONS))):
            d, x = DILATIONS[i], hs[i]
            dz = dh * masks[i] * (zs[i] > 0)
            g[f"c{i}m"], g[f"c{i}b"] = x.T @ dz, dz.sum(0)
            g[f"c{i}l"], g[f"c{i}r"] = x[:-d].T @ dz[d:], x[d:].T @ dz[:-d]
            dx = dz @ p[f"c{i}m"].T
            dx[:-d] += dz[d:] @ p[f"c{i}l"].T
            dx[d:] += dz[:-d] @ p[f"c{i}r"].T
            dh = dh + dx
        dh = dh * mask0 * live
        by_page = np.zeros_like(mean)
        np.add.at(by_page, page, dh)
        g["wg"] = mean.T @ by_page
        da = dh + pool.T @ (by_page @ p["wg"].T)
        dz0 = da * (z0 > 0) * live
        g["wd"], g["b0"], g["we"] = dense.T @ dz0, dz0.sum(0), we.T @ dz0
        g["embed"] = words.T @ (dz0 @ p["we"].T)
        self._adam(g)
        return float(loss)

    def _adam(self, g) -> None:
        self.time += 1
        for k, grad in g.items():
            self.m[k] = 0.9 * self.m[k] + 0.1 * grad
            self.v[k] = 0.99 * self.v[k] + 0.01 * grad * grad
            m, v = self.m[k] / (1 - 0.9**self.time), self.v[k] / (1 - 0.99**self.time)
            decay = 1e-4 if k == "embed" else 1e-5
            self.p[k] -= self.rate * (m / (np.sqrt(v) + 1e-8) + decay * self.p[k])

    def weights(self):
        """The arrays that ``Network`` reads, in half precision."""
        out = {k: v.astype(np.float16) for k, v in self.p.items()}
        out["kept"] = np.flatnonzero(self.rows >= 0).astype(np.uint32)
        out["mean"], out["scale"] = self.mean.astype(np.float32), self.scale.astype(np.float32)
        return out


def fit(
    examples,
    groups,
    *,
    epochs=10,
    batch=24,
    seed=0,
    rows=None,
    at_least=4,
    size=1 << BUCKET_BITS,
    log=None,
    **kw,
):
    """Train on the examples; ``groups`` names the domain of each."""
    rows = choose_buckets(examples, groups, size, at_least) if rows is None else rows
    trainer = Trainer(rows, examples[0].dense.shape[1], seed=seed, **kw)
    trainer.fit_scale(examples)
    order = np.random.default_rng(seed)
    steps = epochs * (len(examples) // batch + 1)
    top = trainer.rate
    for epoch in range(epochs):
        losses = []
        shuffled = order.permutation(len(examples))
        for at in range(0, len(shuffled), batch):
            done = trainer.time / steps
            trainer.rate = top * (min(1, done * 10 + 0.1)) * (1 - done) + 1e-5
            losses.append(trainer.step([examples[i] for i in shuffled[at : at + batch]]))
        if log:
            log(f"epoch {epoch} loss {np.mean(losses):.4f}")
    return trainer
