-- DropTable
DROP TABLE "service_context";
