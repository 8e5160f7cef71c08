"""Verifies DataFrames of orders on Apache Spark.

    from orderguard.spark import verify

    verdicts = verify(spark.read.parquet("orders"))
    verdicts.write.parquet("verdicts")

It needs `orderguard[spark]` on the driver and on every executor.
"""

from orderguard.spark.calling import verify

__all__ = ["verify"]
