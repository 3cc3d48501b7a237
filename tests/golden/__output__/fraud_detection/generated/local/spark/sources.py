"""The sources of fraud_detection: where their rows are, and what they promise."""

from datetime import timedelta

from quality import Field, Freshness, RowCheck, Source

CARDS_SOURCE = Source(
    name="cards",
    files="./lake/raw/cards",
    file_format="parquet",
    table="./lake/fraud_detection/sources/cards",
    verdicts="./lake/fraud_detection/verdicts/cards",
    fields=[
        Field("card_id", "string", required=True),
        Field("home_country", "string"),
        Field("credit_limit", "double"),
        Field("updated_at", "timestamp", required=True),
    ],
    key=["card_id"],
    event_time="updated_at",
)

CHARGEBACKS_SOURCE = Source(
    name="chargebacks",
    files="./lake/raw/chargebacks",
    file_format="parquet",
    table="./lake/fraud_detection/sources/chargebacks",
    verdicts="./lake/fraud_detection/verdicts/chargebacks",
    fields=[
        Field("transaction_id", "string", required=True),
        Field("reported_at", "timestamp", required=True),
        Field("received_at", "timestamp", required=True),
    ],
    key=["transaction_id"],
    event_time="reported_at",
    ingested_at="received_at",
    lateness=timedelta(hours=12),
)

TRANSACTIONS_SOURCE = Source(
    name="transactions",
    files="./lake/raw/transactions",
    file_format="parquet",
    table="./lake/fraud_detection/sources/transactions",
    verdicts="./lake/fraud_detection/verdicts/transactions",
    fields=[
        Field("transaction_id", "string", required=True),
        Field("card_id", "string", required=True),
        Field("merchant_id", "string", required=True),
        Field("amount", "decimal(12,2)", required=True),
        Field("currency", "string", required=True),
        Field("country", "string"),
        Field("created_at", "timestamp", required=True),
        Field("ingested_at", "timestamp", required=True),
    ],
    key=["transaction_id"],
    event_time="created_at",
    ingested_at="ingested_at",
    lateness=timedelta(minutes=10),
    row_checks=[
        RowCheck(
            "known_currency",
            on_fail="quarantine",
            values={"currency": ["EUR", "USD", "GBP"]},
        ),
        RowCheck("positive_amount", on_fail="quarantine", expect="`amount` > 0"),
    ],
    dataset_checks=[Freshness("fresh", on_fail="warn", max_age=timedelta(hours=1))],
)
