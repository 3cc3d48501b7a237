"""The feature groups of fraud_detection: one definition for training, scoring and serving."""

from datetime import timedelta

from windows import Aggregate, LatestGroup, Over, WindowedGroup

CARD_PROFILE_GROUP = LatestGroup(
    name="card_profile",
    key=["card_id"],
    event_key=["card_id"],
    event_time="updated_at",
    ingested_at=None,
    delay=timedelta(0),
    generation="62544ec8",
    columns=["home_country", "credit_limit"],
)

CARD_VELOCITY_GROUP = WindowedGroup(
    name="card_velocity",
    key=["card_id"],
    event_key=["transaction_id"],
    event_time="created_at",
    ingested_at="ingested_at",
    delay=timedelta(minutes=3),
    generation="ee44078e",
    lateness=timedelta(minutes=10),
    tiles="s3a://acme-fraud/lake/fraud_detection/features/card_velocity",
    aggregates=[
        Aggregate(
            name="foreign_count",
            function="count",
            where="`country` <> 'FR'",
            result="bigint",
            windows=[Over("foreign_count_24h", timedelta(days=1), tile=timedelta(hours=1))],
        ),
        Aggregate(
            name="largest",
            function="max",
            argument="`amount`",
            result="double",
            windows=[Over("largest_7d", timedelta(days=7), tile=timedelta(hours=1))],
        ),
        Aggregate(
            name="merchants",
            function="approx_count_distinct",
            argument="`merchant_id`",
            result="bigint",
            windows=[Over("merchants_24h", timedelta(days=1), tile=timedelta(hours=1))],
        ),
        Aggregate(
            name="payment_count",
            function="count",
            result="bigint",
            windows=[
                Over("payment_count_10m", timedelta(minutes=10), tile=timedelta(minutes=1)),
                Over("payment_count_1h", timedelta(hours=1), tile=timedelta(minutes=1)),
                Over("payment_count_24h", timedelta(days=1), tile=timedelta(hours=1)),
            ],
        ),
        Aggregate(
            name="spend",
            function="sum",
            argument="`amount`",
            result="double",
            windows=[
                Over("spend_1h", timedelta(hours=1), tile=timedelta(minutes=1)),
                Over("spend_7d", timedelta(days=7), tile=timedelta(hours=1)),
            ],
        ),
    ],
)
