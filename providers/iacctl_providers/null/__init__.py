"""The provider hashicorp/null: resources that do nothing but follow the ordinary lifecycle."""
