-- CreateTable
CREATE TABLE "service_context" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "maintenance" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "retry_after_seconds" INTEGER NOT NULL DEFAULT 60,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_context_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "service_context_one_row" CHECK ("id" = 1)
);

-- The one row.
INSERT INTO "service_context" DEFAULT VALUES;
