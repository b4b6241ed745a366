"""A Ray cluster of two workers on this machine, until standard input ends; its address on standard output."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from ray.cluster_utils import Cluster

    memory = {"object_store_memory": 100_000_000}
    cluster = Cluster(True, head_node_args={"num_cpus": 0, "include_dashboard": False, **memory})
    for _ in range(2):
        cluster.add_node(num_cpus=1, **memory)
    print(cluster.address, flush=True)
    sys.stdin.read()
    cluster.shutdown()
