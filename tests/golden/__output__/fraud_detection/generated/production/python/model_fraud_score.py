"""The model fraud_score.

The probability that a payment will be charged back.
"""

from datetime import timedelta

from expressions import sub
from signature import Column
from specification import Comparison, EstimatorClass, Model, Split

MODEL = Model(
    name="fraud_score",
    task="binary_classification",
    description="The probability that a payment will be charged back.",
    owner="risk-data",
    definition="d390e69f",
    training_set="s3a://acme-fraud/lake/fraud_detection/training/fraud_score",
    registry="s3a://acme-fraud/lake/fraud_detection/models/fraud_score",
    key=("transaction_id",),
    event_time="created_at",
    label="is_fraud",
    inputs=(
        Column("card_velocity__foreign_count_24h", "bigint"),
        Column("card_velocity__largest_7d", "double"),
        Column("card_velocity__merchants_24h", "bigint"),
        Column("card_velocity__payment_count_10m", "bigint"),
        Column("card_velocity__payment_count_1h", "bigint"),
        Column("card_velocity__payment_count_24h", "bigint"),
        Column("card_velocity__spend_1h", "double"),
        Column("card_velocity__spend_7d", "double"),
        Column("card_velocity__spend_ratio", "double"),
        Column("card_profile__credit_limit", "double"),
        Column("payment_context__amount", "double"),
        Column("payment_context__country", "string"),
        Column("payment_context__amount_to_limit", "double"),
        Column("payment_context__hour_of_day", "int"),
        Column("payment_context__is_foreign", "boolean"),
    ),
    trainer=EstimatorClass("sklearn.ensemble", "HistGradientBoostingClassifier", "native"),
    split=Split(test=0.2, gap=timedelta(days=1)),
    metrics=("roc_auc", "average_precision"),
    params={"max_iter": 200, "random_state": 7},
    gate=(
        Comparison(
            text="average_precision >= 0.5",
            left=lambda metrics: metrics["average_precision"],
            operator=">=",
            right=0.5,
            metrics=("average_precision",),
        ),
        Comparison(
            text="roc_auc >= champion.roc_auc - 0.005",
            left=lambda metrics: metrics["roc_auc"],
            operator=">=",
            right=lambda metrics: sub(metrics["champion.roc_auc"], 0.005),
            metrics=("roc_auc", "champion.roc_auc"),
        ),
    ),
)
